import { Announcer, ringSentence } from "$lib/state/announcer.svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const ring = { name: "Priya Raghunathan", reason: "payment dispute", property: "Hotel Aurora" };

it("speaks one ring in full and several as their number", () => {
  expect(ringSentence([ring])).toBe("Priya Raghunathan needs a person, payment dispute, Hotel Aurora");
  expect(ringSentence([{ name: "", reason: null, property: null }])).toBe("A guest needs a person");
  expect(ringSentence([ring, ring, ring])).toBe("3 guests need a person");
  expect(ringSentence([])).toBe("");
});

describe("over time", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Every sentence with the moment it was set, in milliseconds. */
  function listen(announcer: Announcer, milliseconds: number): [number, string][] {
    const heard: [number, string][] = [];
    let before = ["", ""];
    for (let at = 0; at <= milliseconds; at += 50) {
      vi.advanceTimersByTime(50);
      const now = [announcer.assertive, announcer.polite];
      now.forEach((text, which) => text !== "" && text !== before[which] && heard.push([at, text]));
      before = now;
    }
    return heard;
  }

  it("gathers guests that ring together, and speaks once per two seconds at most", () => {
    const announcer = new Announcer();
    for (let count = 0; count < 3; count++) announcer.ring(ring);
    announcer.alarm("Not sent");
    announcer.alarm("Offline");
    announcer.say("Sent");
    announcer.say("Assigned");
    const heard = listen(announcer, 12_000);
    expect(heard.map(([, text]) => text)).toEqual(["3 guests need a person", "Not sent", "Offline", "Assigned"]);
    const gaps = heard.slice(1).map(([at], index) => at - (heard[index]?.[0] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2000);
  });

  it("speaks the same sentence again", () => {
    const announcer = new Announcer();
    announcer.alarm("Not sent");
    announcer.alarm("Not sent");
    expect(listen(announcer, 6000).length).toBe(2);
    announcer.alarm("Not sent");
    expect(listen(announcer, 6000).length).toBe(1);
  });
});
