import { barrierOf, hintOf, isColleagues, sendKind, type HintFacts } from "$components/composer/rules";
import { answerState } from "$components/thread/answer";
import type { ConversationView, WhoAnswers } from "$lib/rpc/generated/schema";
import { describe, expect, it } from "vitest";

const facts = (who: WhoAnswers, change: Partial<ConversationView> = {}) =>
  ({
    who,
    who_is_me: false,
    window: { window: "none" },
    opted_out_at: null,
    changing: null,
    has_ai: true,
    ...change,
  }) as ConversationView;

const ai = { kind: "ai" } as const;
const me = { kind: "person", agent: 1 } as const;

describe("what can be written", () => {
  it("is always a note, whatever holds a reply back", () => {
    for (const conversation of [
      facts({ kind: "closed" }),
      facts(me, { window: { window: "closed", since: null } }),
      facts(me, { opted_out_at: 5 }),
    ]) {
      expect(barrierOf(conversation, "note", false)).toBeNull();
      expect(barrierOf(conversation, "reply", false)).not.toBeNull();
    }
  });

  it("opens for a guest who opted out only when a person says so", () => {
    expect(barrierOf(facts(me, { opted_out_at: 5 }), "reply", true)).toBeNull();
  });
});

describe("what Send does", () => {
  it("takes over from whoever answers", () => {
    expect(sendKind(facts(ai), "reply", false)).toBe("take_over");
    expect(sendKind(facts({ kind: "waiting" }), "reply", false)).toBe("take_over");
    expect(sendKind(facts({ kind: "person", agent: 2 }), "reply", false)).toBe("take_over");
    expect(sendKind(facts(me, { who_is_me: true }), "reply", false)).toBe("send");
  });

  it("says that a reply waits offline, and never takes over with a note", () => {
    expect(sendKind(facts(ai), "reply", true)).toBe("queue");
    expect(sendKind(facts(ai), "note", true)).toBe("note");
  });

  it("starts as a note for a colleague who is known", () => {
    expect(isColleagues(facts({ kind: "person", agent: 2 }))).toBe(true);
    expect(isColleagues(facts({ kind: "person", agent: null }))).toBe(false);
    expect(isColleagues(facts(me, { who_is_me: true }))).toBe(false);
  });
});

describe("the hint", () => {
  const base: HintFacts = {
    conversation: facts(me, { who_is_me: true, window: { window: "open", until: 1600 } }),
    mode: "reply",
    offline: false,
    notSent: 0,
    savedAt: null,
    quiet: false,
    now: 1000,
  };

  it("says what matters most", () => {
    expect(hintOf(base)).toEqual({ kind: "window", seconds: 600 });
    expect(hintOf({ ...base, quiet: true })).toEqual({ kind: "window", seconds: 600 });
    const farOff = { ...base.conversation, window: { window: "open", until: 1000 + 5 * 60 * 60 } as const };
    expect(hintOf({ ...base, quiet: true, conversation: farOff })).toEqual({ kind: "quiet" });
    expect(hintOf({ ...base, quiet: true, savedAt: 7 })).toEqual({ kind: "draft", at: 7 });
    expect(hintOf({ ...base, savedAt: 7, notSent: 2 })).toEqual({ kind: "not_sent", count: 2 });
    expect(hintOf({ ...base, notSent: 2, offline: true })).toEqual({ kind: "offline" });
  });
});

describe("the answer bar", () => {
  it("offers one next step to whoever can take it", () => {
    expect(answerState(facts(ai), "live").actions).toEqual(["escalate", "take_over"]);
    expect(answerState(facts({ kind: "waiting" }), "live")).toMatchObject({
      ringing: true,
      chosen: "vacant",
      actions: ["take_over"],
    });
    expect(answerState(facts(me, { who_is_me: true }), "live").actions).toEqual(["hand_back"]);
    expect(answerState(facts({ kind: "person", agent: 2 }), "live").actions).toEqual(["take_over"]);
    expect(answerState(facts({ kind: "closed" }), "live")).toMatchObject({ chosen: "shut", actions: [] });
  });

  it("never hands back to an AI that is not there, or was stopped by the guest", () => {
    expect(answerState(facts(me, { who_is_me: true, has_ai: false }), "live").actions).toEqual([]);
    expect(answerState(facts(me, { who_is_me: true, opted_out_at: 3 }), "live").actions).toEqual([]);
  });

  it("is locked while the server cannot be asked", () => {
    expect(answerState(facts(ai), "offline").locked).toBe(true);
    expect(answerState(facts(ai), "catching_up").locked).toBe(false);
  });

  it("offers nothing while a change is on its way", () => {
    expect(answerState(facts(me, { who_is_me: true, changing: "to_human" }), "live")).toMatchObject({
      changing: true,
      actions: [],
    });
  });
});
