import { describe, expect, it } from "vitest";
import { pendingActions, pendingStatus, pendingTone } from "$lib/domain/timeline-state";

describe("pendingStatus", () => {
  it("says the place in the line", () => {
    expect(pendingStatus({ state: { state: "queued" }, place: 2 })).toEqual({ kind: "queued", place: 2 });
  });

  it("claims nothing while it may be on the wire", () => {
    for (const state of ["sending", "unsure"] as const) {
      const status = pendingStatus({ state: state === "unsure" ? { state, since: 1 } : { state }, place: 1 });
      expect(pendingActions(status)).toEqual([]);
    }
  });

  it("asks for a decision where the world changed", () => {
    expect(pendingActions({ kind: "held", reason: "answered_by_colleague" })).toEqual(["send", "edit", "delete"]);
    expect(pendingActions({ kind: "held", reason: "window_closed" })).toEqual(["edit", "delete"]);
    expect(pendingTone({ kind: "held", reason: "opted_out" })).toBe("late");
  });

  it("does not offer to edit what the guest may already have", () => {
    expect(pendingActions({ kind: "stuck", reason: "unknown" })).toEqual(["send", "delete"]);
    expect(pendingActions({ kind: "stuck", reason: "missing" })).toEqual(["delete"]);
    expect(pendingActions({ kind: "stuck", reason: "refused" })).toEqual(["again", "edit", "delete"]);
  });
});
