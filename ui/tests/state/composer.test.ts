import type { ConversationRef, ConversationView, MessageView, SendOutcome } from "$lib/rpc/generated/schema";
import { Composer } from "$lib/state/composer.svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { answerWith, deferred, flush } from "./host";

vi.mock("$lib/platform", async () => (await import("./host")).hostModule);

const one: ConversationRef = { account: 1, id: 1 };
const two: ConversationRef = { account: 1, id: 2 };
const queued: SendOutcome = { outcome: "queued", item: 1, took_over: false };

describe("Composer", () => {
  let composer: Composer;
  let asked: [name: string, request: unknown][];
  let outcome: () => unknown;
  const calls = (name: string) => asked.filter(([call]) => call === name).map(([, request]) => request);

  beforeEach(() => {
    vi.useFakeTimers();
    asked = [];
    outcome = () => queued;
    answerWith((name, request) => {
      asked.push([name, request]);
      return name === "send" ? outcome() : null;
    });
    composer = new Composer();
    composer.open(one);
  });
  afterEach(() => vi.useRealTimers());

  it("keeps what is typed as a draft: after a pause, and at once on leaving", async () => {
    composer.typed("He");
    composer.typed("Hello");
    expect(calls("save_draft")).toEqual([]);
    await vi.advanceTimersByTimeAsync(400);
    expect(calls("save_draft")).toEqual([{ conversation: one, text: "Hello", private: false }]);
    composer.typed("Hello there");
    composer.open(two);
    expect(calls("save_draft").at(-1)).toEqual({ conversation: one, text: "Hello there", private: false });
    expect(composer.text).toBe("");
    composer.open(one);
    expect(composer.text).toBe("Hello there");
  });

  it("clears the box only when the core has the text", async () => {
    const answer = deferred<SendOutcome>();
    outcome = () => answer.promise;
    composer.typed("Hello");
    const sending = composer.send();
    expect(composer.text).toBe("Hello");
    composer.typed("Hello and more");
    answer.resolve(queued);
    await sending;
    expect(composer.text).toBe("and more");
  });

  it("keeps the text when it fails, is refused, or must be asked first", async () => {
    composer.typed("Hello");
    outcome = () => Promise.reject({ code: "disk", message: "", retryable: true });
    await composer.send();
    expect([composer.text, composer.problem]).toEqual(["Hello", { kind: "failed" }]);
    outcome = () => ({ outcome: "refused", reason: "too_long" });
    await composer.send();
    expect([composer.text, composer.problem]).toEqual(["Hello", { kind: "refused", reason: "too_long" }]);
    outcome = () => ({ outcome: "ask", question: "opted_out", name: null, seconds_ago: null });
    await composer.send();
    expect([composer.text, composer.question?.question]).toEqual(["Hello", "opted_out"]);
  });

  it("answers each question once, and forgets the answers when the text changes", async () => {
    const questions = ["taken_by_colleague", "opted_out"] as const;
    outcome = () => {
      const { confirmed } = calls("send").at(-1) as { confirmed: string[] };
      const question = questions.find((one) => !confirmed.includes(one));
      return question ? { outcome: "ask", question, name: null, seconds_ago: null } : queued;
    };
    composer.typed("Hello");
    await composer.send();
    await composer.sendAnyway();
    await composer.sendAnyway();
    expect(calls("send").at(-1)).toMatchObject({ confirmed: ["taken_by_colleague", "opted_out"] });
    expect(composer.text).toBe("");
    composer.typed("Again");
    await composer.send();
    expect(calls("send").at(-1)).toMatchObject({ confirmed: [] });
  });

  it("does not send twice, nor an empty text, nor one with an unfilled variable", async () => {
    composer.typed("Hello");
    await Promise.all([composer.send(), composer.send()]);
    await composer.send();
    composer.typed("Your room is {{ room }}");
    await composer.send();
    expect(calls("send")).toHaveLength(1);
  });

  it("tells the guest that a reply is being written, and takes it back", async () => {
    composer.typed("H");
    composer.typed("He");
    await flush();
    expect(calls("typing")).toEqual([{ conversation: one, on: true }]);
    await vi.advanceTimersByTimeAsync(4000);
    expect(calls("typing").at(-1)).toEqual({ conversation: one, on: false });
    composer.choose("note");
    composer.typed("Only for us");
    await flush();
    expect(calls("typing")).toHaveLength(2);
  });

  it("sends files without words, and says which message is answered", async () => {
    const kept = { id: 7, name: "menu.txt", content_type: "text/plain", size: 8 };
    expect(composer.empty).toBe(true);
    composer.files.suggest(one, [kept]);
    composer.quote({ id: 5 } as MessageView);
    expect(composer.empty).toBe(false);
    await composer.send();
    expect(calls("send")).toEqual([
      { conversation: one, text: "", private: false, confirmed: [], files: [7], reply_to: 5 },
    ]);
    expect([composer.empty, composer.quoted]).toEqual([true, null]);
  });

  it("keeps what is answered with its conversation, and leaves it out of a note", async () => {
    composer.quote({ id: 5 } as MessageView);
    composer.open(two);
    expect(composer.quoted).toBeNull();
    composer.open(one);
    expect(composer.quoted?.id).toBe(5);
    composer.choose("note");
    composer.typed("For us");
    await composer.send();
    expect(calls("send").at(-1)).not.toHaveProperty("reply_to");
  });

  it("names people of a note as the wire does", async () => {
    composer.mentionable = [{ kind: "user", id: 2, name: "Jonas" }];
    composer.choose("note");
    composer.typed("@Jonas look");
    await composer.send();
    expect(calls("send").at(-1)).toMatchObject({ text: "[@Jonas](mention://user/2/Jonas) look" });
    expect(composer.text).toBe("");
  });

  it("sends a template and leaves what is written alone; a question is answered for the template", async () => {
    const template = { name: "hello", language: "en", category: "", namespace: null, processed_params: {} };
    composer.typed("Half a sentence");
    outcome = () => ({ outcome: "ask", question: "opted_out", name: null, seconds_ago: null });
    await composer.sendTemplate(template, "Hello Priya");
    expect(composer.question?.question).toBe("opted_out");
    outcome = () => queued;
    await composer.sendAnyway();
    expect(calls("send").at(-1)).toEqual({
      conversation: one,
      text: "Hello Priya",
      private: false,
      confirmed: ["opted_out"],
      template,
    });
    expect(composer.text).toBe("Half a sentence");
  });

  it("does not turn a reply that has files into a note", () => {
    composer.files.suggest(one, [{ id: 7, name: "menu.txt", content_type: "text/plain", size: 8 }]);
    composer.suggest(one, null, true);
    expect(composer.mode).toBe("reply");
  });

  it("takes a message back with its names and files", () => {
    composer.files.sent(one, [7]);
    const draft = { text: "[@Jonas](mention://user/2/Jonas) look", private: true, saved_at: 5 };
    const draft_files = [{ id: 7, name: "menu.txt", content_type: "text/plain", size: 8 }];
    composer.takeBack({ conversation: one, draft, draft_files } as unknown as ConversationView);
    expect([composer.text, composer.mode, composer.files.ids(one)]).toEqual(["@Jonas look", "note", [7]]);
  });

  it("brings back the kept draft, and starts as a note where a colleague answers", () => {
    composer.suggest(one, { text: "Kept", private: true, saved_at: 5 }, false);
    expect([composer.text, composer.mode, composer.savedAt]).toEqual(["Kept", "note", 5]);
    composer.open(two);
    composer.suggest(two, null, true);
    expect(composer.mode).toBe("note");
    composer.suggest(two, null, false);
    expect(composer.mode).toBe("reply");
  });
});
