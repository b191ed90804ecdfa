import {
  fewestFirst,
  firstValues,
  isFilled,
  MEDIA_KEY,
  templateMessage,
  templateText,
} from "$lib/domain/channel-template";
import type { ChannelTemplate } from "$lib/rpc/generated/schema";
import { describe, expect, it } from "vitest";

const reminder: ChannelTemplate = {
  name: "booking_reminder",
  language: "en",
  category: "UTILITY",
  namespace: "desk",
  header: null,
  header_media: null,
  body: "Hello {{1}}, see you on {{ 2 }}.",
  footer: "The desk",
  buttons: [],
  parameters: [
    { place: "body", key: "1", example: null },
    { place: "body", key: "2", example: null },
  ],
};
const given = { "body:1": "Priya", "body:2": " 8 May " };

describe("an approved template", () => {
  it("reads as the guest will read it, and shows what is missing", () => {
    expect(templateText(reminder, given)).toBe("Hello Priya, see you on 8 May.\n\nThe desk");
    expect(templateText(reminder, { "body:1": "Priya" })).toContain("{{ 2 }}");
  });

  it("is offered before those that ask for more", () => {
    const plain = { ...reminder, name: "plain", parameters: [] };
    const picture = { ...plain, name: "picture", header_media: "image" as const };
    expect(fewestFirst([reminder, picture, plain]).map(({ name }) => name)).toEqual([
      "plain",
      "picture",
      "booking_reminder",
    ]);
  });

  it("goes out only when every value is given", () => {
    expect(isFilled(reminder, given)).toBe(true);
    expect(isFilled(reminder, { ...given, "body:2": "  " })).toBe(false);
    const withPicture: ChannelTemplate = { ...reminder, header_media: "image" };
    expect(isFilled(withPicture, { ...given, [MEDIA_KEY]: "http://desk.example/a.png" })).toBe(false);
    expect(isFilled(withPicture, { ...given, [MEDIA_KEY]: "https://desk.example/a.png" })).toBe(true);
  });

  it("carries the values as the wire wants them, and no more", () => {
    expect(templateMessage(reminder, given)).toEqual({
      name: "booking_reminder",
      language: "en",
      category: "UTILITY",
      namespace: "desk",
      processed_params: { body: { "1": "Priya", "2": "8 May" } },
    });
    const full: ChannelTemplate = {
      ...reminder,
      header_media: "document",
      buttons: ["Thanks", "See it"],
      parameters: [{ place: "link", key: "1", example: null }],
    };
    const values = { [MEDIA_KEY]: "https://desk.example/a.pdf", "link:1": "42" };
    expect(templateMessage(full, values).processed_params).toEqual({
      header: { media_url: "https://desk.example/a.pdf", media_type: "document" },
      buttons: [null, { type: "url", parameter: "42" }],
    });
  });

  it("greets the guest by name, in whatever language, and guesses nothing else", () => {
    expect(firstValues(reminder, "Priya")).toEqual({ "body:1": "Priya" });
    expect(firstValues({ ...reminder, body: "Your room {{1}} on {{2}}" }, "Priya")).toEqual({});
    expect(firstValues(reminder, "")).toEqual({});
  });
});
