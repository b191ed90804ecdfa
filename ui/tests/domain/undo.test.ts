import { wayBack, wayBackOfAssign } from "$lib/domain/undo";
import type { ConversationView } from "$lib/rpc/generated/schema";
import { describe, expect, it } from "vitest";

const before = (change: Partial<ConversationView>) =>
  ({
    who: { kind: "ai" },
    who_is_me: false,
    assignee: null,
    team: null,
    priority: null,
    snoozed_until: null,
    ...change,
  }) as ConversationView;

describe("wayBack", () => {
  it("gives the guest back to whoever answered", () => {
    expect(wayBack(before({}), true)).toEqual([{ do: "hand_back" }]);
    expect(wayBack(before({ who: { kind: "person", agent: 1 }, who_is_me: true }), false)).toEqual([
      { do: "take_over" },
    ]);
    expect(wayBack(before({ who: { kind: "snoozed" }, snoozed_until: 5 }), true)).toEqual([{ do: "snooze", until: 5 }]);
  });

  it("opens a closed one before it is given to somebody else, or to nobody", () => {
    const colleague = before({ who: { kind: "person", agent: 2 } });
    const given = { do: "assign", to: { kind: "agent", id: 2 } };
    expect(wayBack(colleague, true)).toEqual([given]);
    expect(wayBack(colleague, false)).toEqual([{ do: "take_over" }, given]);
    const nobody = { do: "assign", to: { kind: "nobody" } };
    expect(wayBack(before({ who: { kind: "waiting" } }), false)).toEqual([{ do: "take_over" }, nobody]);
  });
});

describe("wayBackOfAssign", () => {
  it("gives it back, with the priority it had", () => {
    const held = before({ assignee: { id: 2, name: "Jonas" }, priority: "low" });
    expect(wayBackOfAssign(held, { kind: "agent", id: 3 }, true, 1)).toEqual([
      { do: "assign", to: { kind: "agent", id: 2 } },
      { do: "priority", priority: "low" },
    ]);
  });

  it("to me was a take-over, and a first team stays", () => {
    expect(wayBackOfAssign(before({}), { kind: "agent", id: 1 }, false, 1)).toEqual([{ do: "hand_back" }]);
    expect(wayBackOfAssign(before({}), { kind: "team", id: 4 }, true, 1)).toEqual([]);
    const inTeam = before({ team: { id: 3, name: "Spa" } });
    expect(wayBackOfAssign(inTeam, { kind: "team", id: 4 }, false, 1)).toEqual([
      { do: "assign", to: { kind: "team", id: 3 } },
    ]);
  });
});
