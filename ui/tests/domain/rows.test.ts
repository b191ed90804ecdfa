import { badgesOf } from "$lib/domain/badges";
import { previewAuthor, previewText, QUIET, rowDescription, rowName, rowNotice } from "$lib/domain/rows";
import { expect, it } from "vitest";
import { row } from "./row";

const labels = (given: Parameters<typeof row>[1], overdue = false) =>
  badgesOf(row(1, given), overdue).shown.map((badge) => badge.label);

it("speaks a row as name, state, unread, preview, time, goal, channel", () => {
  const waiting = row(1, {
    who: { kind: "waiting" },
    waiting_since: 0,
    answer_due: 15 * 60,
    priority: "urgent",
    unread: 3,
    last_activity_at: 0,
  });
  expect(rowName(waiting, 11 * 60)).toBe(
    "Priya Raghunathan, needs a person, 3 unread, Priya: Can someone please refund one?, 11 min, 4 min left, on WhatsApp",
  );
});

it("names who wrote, and nobody for a number", () => {
  expect(previewAuthor({ by: "guest", name: "Priya Raghunathan", text: "", file: false }, true)).toBe("Priya:");
  expect(previewAuthor({ by: "guest", name: "+43 660", text: "", file: false }, false)).toBe("");
  expect(previewAuthor({ by: "colleague", name: "Jonas Lindqvist", text: "", file: false }, false)).toBe("Jonas:");
  expect(previewText({ by: "guest", name: "", text: "", file: true })).toBe("A file");
});

it("says why a guest waits, and who has it", () => {
  const waiting = row(1, { who: { kind: "waiting" }, reason: "Payment dispute" });
  expect(rowDescription(waiting, true, 0)).toBe("Payment dispute · Hotel Aurora · Family stay");
  expect(rowDescription(waiting, false, 0)).toBe("Payment dispute · Family stay");
  const held = row(1, { who: { kind: "person", agent: 2 }, who_name: "Jonas Lindqvist", reason: "Payment dispute" });
  expect(rowDescription(held, false, 0)).toBe("Jonas Lindqvist · Family stay");
});

it("says quietly what may be worth a look, and no sooner", () => {
  const mine = { who: { kind: "person", agent: 1 }, who_is_me: true, said_at: 0 } as const;
  expect(rowNotice(row(1, mine), QUIET)).toBe("Left with you");
  expect(rowNotice(row(1, mine), QUIET - 1)).toBe("");
  expect(rowNotice(row(1, { ...mine, has_ai: false }), QUIET)).toBe("");
  expect(rowNotice(row(1, { ...mine, who_is_me: false }), QUIET)).toBe("");
  const answered = { unread: 1, preview: { by: "ai", name: "", text: "Until 11:00", file: false } } as const;
  expect(rowDescription(row(1, answered), false, 0)).toBe("AI replied, check if you want · Family stay");
  expect(rowNotice(row(1, { ...answered, unread: 0 }), 0)).toBe("");
  expect(rowNotice(row(1, { unread: 1 }), 0)).toBe("");
  expect(rowName(row(1, answered), 1000)).toContain("AI is answering, AI replied, check if you want, 1 unread");
});

it("shows at most two badges, the state first", () => {
  const many = { escalated: true, who: { kind: "waiting" }, priority: "urgent", lead: true, is_new: true } as const;
  expect(labels(many)).toEqual(["Escalated", "New"]);
  expect(labels(many, true)).toEqual(["Escalated", "Urgent"]);
  expect(badgesOf(row(1, many), true).more.map((badge) => badge.label)).toEqual(["New", "Lead"]);
  expect(labels({ escalated: true, who: { kind: "person", agent: 1 }, queued: 2 })).toEqual(["2 queued"]);
  expect(labels({ status: "resolved", who: { kind: "closed" }, escalated: true, expired: true })).toEqual(["Closed"]);
});

it("shows a result it does not know in its own words", () => {
  const conversions = [
    { kind: "booking", label: "HA-20418", url: null },
    { kind: "gift_card", label: "Gift card", url: null },
  ];
  expect(labels({ conversions })).toEqual(["Booking", "Gift card"]);
});
