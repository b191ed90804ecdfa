import type { ConversationRef, SessionView } from "$lib/rpc/generated/schema";
import { Composer } from "$lib/state/composer.svelte";
import { Lock } from "$lib/state/lock.svelte";
import { Session } from "$lib/state/session.svelte";
import type { Settings } from "$lib/state/settings.svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { answerWith, flush } from "./host";

vi.mock("$lib/platform", async () => (await import("./host")).hostModule);

const one: ConversationRef = { account: 1, id: 1 };

describe("Lock", () => {
  let asked: string[];
  let hasPin: boolean;
  let minutes: number | null;
  let composer: Composer;
  let lock: Lock;
  beforeEach(() => {
    vi.useFakeTimers();
    asked = [];
    hasPin = true;
    minutes = null;
    answerWith((name) => {
      asked.push(name);
      if (name === "lock") return { outcome: hasPin ? "locked" : "needs_pin" };
      return name === "session" ? ({ phase: { phase: "locked" }, has_pin: hasPin } as unknown as SessionView) : null;
    });
    composer = new Composer();
    const settings = {
      get current() {
        return { lock_after_minutes: minutes };
      },
    } as Settings;
    lock = new Lock(new Session(), settings, composer);
  });
  afterEach(() => vi.useRealTimers());

  it("keeps what is being written before it hides it", async () => {
    composer.open(one);
    composer.choose("note");
    composer.typed("Half a sentence");
    await lock.now();
    expect(asked).toEqual(["save_draft", "lock", "session"]);
    expect([lock.choosing, lock.hasPin]).toEqual([null, true]);
  });

  it("has a PIN chosen the first time", async () => {
    hasPin = false;
    await lock.now();
    expect([asked, lock.choosing]).toEqual([["lock"], "lock"]);
  });

  it("says that somebody is there, seldom, and only where it locks by itself", async () => {
    lock.active();
    await flush();
    expect(asked).toEqual([]);
    minutes = 5;
    for (let second = 0; second < 45; second++) {
      lock.active();
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(asked).toEqual(["active", "active", "active"]);
  });
});
