import type { HandoverView, MorningView } from "$lib/rpc/generated/schema";
import { Clock } from "$lib/state/clock.svelte";
import { Day } from "$lib/state/day.svelte";
import { Events } from "$lib/state/events";
import { Navigation } from "$lib/state/navigation.svelte";
import { Session } from "$lib/state/session.svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { row } from "../domain/row";
import { answerWith } from "./host";

vi.useFakeTimers();
vi.mock("$lib/platform", async () => (await import("./host")).hostModule);

describe("the day's screens", () => {
  let mine: number[];
  let asked: string[];
  let navigation: Navigation;
  let events: Events;
  let day: Day;

  beforeEach(() => {
    [mine, asked] = [[1, 2], []];
    answerWith((name) => {
      asked.push(name);
      const rows = mine.map((id) => ({ row: row(id), checked: false, look: null, about: null }));
      const lists = { urgent: [], waiting: [], night: [], left: [], notes: [] };
      if (name === "morning") return { since: 0, answered: 0, in_need: 0, ...lists, mine: rows } satisfies MorningView;
      if (name === "handover") return { mine: [], promised: [], finished: [] } satisfies HandoverView;
      return null;
    });
    navigation = new Navigation();
    events = new Events();
    day = new Day(navigation, new Session(), new Clock());
    day.listen(events);
  });

  const shown = () => day.morning?.mine.map(({ row: { id } }) => id);

  it("follow what happens while somebody is there, and ask nothing else", async () => {
    events.deliver({ events: [{ event: "list" }] });
    await vi.runAllTimersAsync();
    expect(asked).toEqual([]);
    navigation.toDay("morning");
    events.deliver({ events: [{ event: "list" }, { event: "list" }] });
    await vi.runAllTimersAsync();
    expect(shown()).toEqual([1, 2]);
    expect(asked, "once for both").toEqual(["morning", "handover"]);
  });

  it("stand still under the pointer, and say that there is more", async () => {
    await day.refresh();
    day.hold(true);
    await day.refresh();
    expect(day.changed, "nothing new").toBe(false);
    mine = [2];
    await day.refresh();
    expect([shown(), day.changed]).toEqual([[1, 2], true]);
    day.hold(false);
    expect([shown(), day.changed]).toEqual([[2], false]);
  });

  it("show what comes of a press, wherever it was", async () => {
    await day.refresh();
    day.hold(true);
    day.letGo();
    mine = [2];
    await day.refresh();
    expect([shown(), day.changed]).toEqual([[2], false]);
  });

  it("show at once what the person did there", async () => {
    await day.refresh();
    day.hold(true);
    mine = [];
    await day.check({ account: 1, id: 1 }, "looked", true);
    expect(shown()).toEqual([]);
    expect(asked).toContain("check");
  });

  it("forget everything with the person", async () => {
    await day.refresh();
    day.note = "The boiler man comes";
    day.choose({ account: 1, id: 1 }, false);
    day.forget();
    expect([day.morning, day.note, day.leftOut.size, day.status]).toEqual([null, "", 0, "loading"]);
  });
});

describe("coming and going", () => {
  it("leaves nothing open meanwhile, and brings it back", () => {
    const navigation = new Navigation();
    const open = { account: 1, id: 7 };
    navigation.show(open);
    navigation.toDay("morning");
    navigation.toDay("handover");
    expect([navigation.page, navigation.open]).toEqual(["handover", null]);
    navigation.fromDay();
    expect([navigation.page, navigation.open]).toEqual(["inbox", open]);
    navigation.toDay("morning");
    navigation.go("mine");
    expect([navigation.page, navigation.open]).toEqual(["inbox", open]);
    navigation.toDay("morning");
    navigation.show({ account: 1, id: 8 });
    expect([navigation.page, navigation.open]).toEqual(["inbox", { account: 1, id: 8 }]);
  });
});
