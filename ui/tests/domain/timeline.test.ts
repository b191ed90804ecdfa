import { describe, expect, it } from "vitest";
import type { MessageView, PendingMessage } from "$lib/rpc/generated/schema";
import { answeringSince, mergeNewest, mergeOlder, timelineEntries, type TimelineParts } from "$lib/domain/timeline";

/** Noon local time on a day of May 2026, plus minutes. */
const at = (day: number, minutes = 0) => new Date(2026, 4, day, 12, minutes).getTime() / 1000;

function message(id: number, created_at: number, change: Partial<MessageView> = {}): MessageView {
  return {
    id,
    created_at,
    author: "guest",
    name: "Priya",
    text: "x",
    html: "x",
    private: false,
    delivery: "sent",
    error: null,
    tools: [],
    attachments: [],
    deleted: false,
    late: false,
    client_ref: null,
    in_reply_to: null,
    cards: [],
    via: null,
    has_mail: false,
    ...change,
  };
}

function pending(client_ref: string, created_at: number): PendingMessage {
  return {
    item: 1,
    client_ref,
    text: "x",
    private: false,
    created_at,
    state: { state: "queued" },
    place: 1,
    files: [],
    in_reply_to: null,
    is_template: false,
    undo_until: null,
    refusal: null,
  };
}

function entries(messages: MessageView[], change: Partial<TimelineParts> = {}) {
  return timelineEntries({ messages, pending: [], firstUnread: null, brief: null, offlineSince: null, ...change });
}

const kinds = (...args: Parameters<typeof entries>) => entries(...args).map((entry) => entry.key);

describe("timelineEntries", () => {
  it("opens each day once and groups one author within five minutes", () => {
    const shown = entries([
      message(1, at(7)),
      message(2, at(8)),
      message(3, at(8, 5)),
      message(4, at(8, 11)),
      message(5, at(8, 12), { author: "ai", name: "AI" }),
    ]);
    expect(shown.map((entry) => entry.kind)).toEqual([
      "day",
      "message",
      "day",
      "message",
      "message",
      "message",
      "message",
    ]);
    expect(shown.flatMap((entry) => (entry.kind === "message" ? [entry.continues] : []))).toEqual([
      false,
      false,
      true,
      false,
      false,
    ]);
  });

  it("keeps two colleagues apart, and starts anew after a note or an activity", () => {
    const shown = entries([
      message(1, at(8), { author: "colleague", name: "Jonas" }),
      message(2, at(8, 1), { author: "colleague", name: "Sofia" }),
      message(3, at(8, 2), { author: "activity" }),
      message(4, at(8, 3), { author: "colleague", name: "Sofia" }),
      message(5, at(8, 3), { author: "me", private: true }),
      message(6, at(8, 4), { author: "colleague", name: "Sofia" }),
    ]);
    expect(shown.some((entry) => entry.kind === "message" && entry.continues)).toBe(false);
    expect(shown.map((entry) => entry.kind)).toEqual([
      "day",
      "message",
      "message",
      "activity",
      "message",
      "note",
      "message",
    ]);
  });

  it("marks the first unread and counts what the guest wrote since", () => {
    const shown = entries(
      [message(1, at(8)), message(2, at(8, 1)), message(3, at(8, 2), { author: "ai" }), message(4, at(8, 3))],
      {
        firstUnread: 2,
      },
    );
    expect(shown.map((entry) => entry.key)).toEqual([
      expect.stringMatching(/^d\d+$/u),
      "m1",
      "unread",
      "m2",
      "m3",
      "m4",
    ]);
    expect(shown.find((entry) => entry.kind === "unread")).toMatchObject({ count: 2 });
    expect(shown.find((entry) => entry.key === "m2")).toMatchObject({ continues: false });
  });

  it("puts the brief behind the AI's last words and the lines that tell it rang", () => {
    const thread = [
      message(1, at(8)),
      message(2, at(8, 1), { author: "ai" }),
      message(3, at(8, 2), { author: "activity" }),
      message(4, at(8, 3), { author: "me" }),
    ];
    expect(kinds(thread, { brief: { rangAt: at(8, 1) } }).slice(1)).toEqual(["m1", "m2", "m3", "brief", "m4"]);
    expect(kinds(thread.slice(0, 2), { brief: { rangAt: at(8, 30) } }).slice(1)).toEqual(["m1", "m2", "brief"]);
  });

  it("drops a pending reply whose own copy came back, and shows the others last", () => {
    const shown = entries([message(1, at(8), { author: "me", client_ref: "a" })], {
      pending: [pending("a", at(8)), pending("b", at(8, 1))],
      offlineSince: at(8),
    });
    expect(shown.map((entry) => entry.key).slice(1)).toEqual(["m1", "offline", "pb"]);
    expect(shown.at(-1)).toMatchObject({ continues: false });
  });

  it("says the delivery of a run once, and each failure", () => {
    const mine = { author: "me" as const, delivery: "read" as const };
    const shown = entries([
      message(1, at(8), mine),
      message(2, at(8, 1), mine),
      message(3, at(8, 2), { ...mine, delivery: "failed" }),
      message(4, at(8, 2), { ...mine, delivery: "failed" }),
      message(5, at(8, 3), { author: "ai", delivery: "sent" }),
    ]);
    expect(shown.flatMap((entry) => (entry.kind === "message" ? [entry.showsDelivery] : []))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });
});

describe("merging stretches", () => {
  const thread = [1, 2, 3, 4].map((id) => message(id, at(8, id)));

  it("keeps what is older when the newest stretch overlaps", () => {
    const merged = mergeNewest(thread, [message(4, at(8, 4), { delivery: "read" }), message(5, at(8, 5))]);
    expect(merged.messages.map((one) => one.id)).toEqual([1, 2, 3, 4, 5]);
    expect(merged.messages[3]?.delivery).toBe("read");
    expect(merged.keptOlder).toBe(true);
  });

  it("starts over when there is a gap", () => {
    const merged = mergeNewest(thread, [message(9, at(8, 9))]);
    expect(merged).toEqual({ messages: [message(9, at(8, 9))], keptOlder: false });
  });

  it("puts older ones in front, each once", () => {
    expect(mergeOlder([message(0, at(7)), message(1, at(8, 1))], thread).map((one) => one.id)).toEqual([0, 1, 2, 3, 4]);
  });
});

describe("answeringSince", () => {
  it("goes back to where the voice began", () => {
    const thread = [
      message(1, at(8, 1), { author: "ai" }),
      message(2, at(8, 2), { author: "me" }),
      message(3, at(8, 3)),
      message(4, at(8, 4), { author: "me" }),
    ];
    expect(answeringSince(thread, "person")).toBe(at(8, 2));
    expect(answeringSince(thread, "ai")).toBeNull();
    expect(answeringSince(thread.slice(0, 1), "ai")).toBe(at(8, 1));
  });
});
