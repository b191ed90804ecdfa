import type { BehindRequest, StatisticsRequest } from "$lib/rpc/generated/schema";
import { Navigation } from "$lib/state/navigation.svelte";
import { Session } from "$lib/state/session.svelte";
import { Statistics } from "$lib/state/statistics.svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { row } from "../domain/row";
import { answerWith } from "./host";

vi.mock("$lib/platform", async () => (await import("./host")).hostModule);

const ALL = 120;
let asked: StatisticsRequest[];

function statistics() {
  const navigation = new Navigation();
  return { navigation, statistics: new Statistics(navigation, new Session()) };
}

beforeEach(() => {
  asked = [];
  answerWith((name, request) => {
    if (name === "behind") {
      const { offset, limit } = request as BehindRequest;
      const count = Math.min(limit, ALL - offset);
      return { total: ALL, rows: Array.from({ length: count }, (_, at) => row(offset + at + 1)) };
    }
    if (name !== "statistics") return null;
    asked.push(request as StatisticsRequest);
    return { conversations: asked.length, parts: [], known: 0, whole: 0, since: null };
  });
});

const behind = { number: "figure", figure: "tours" } as const;

describe("the numbers", () => {
  it("are asked for with the stretch before, and known as another question's until the answer is here", async () => {
    const { statistics: numbers } = statistics();
    await numbers.refresh();
    const [now, before] = asked;
    expect(before?.to).toBeLessThanOrEqual(now?.from ?? 0);
    expect([now?.parts.length, before?.parts.length]).toEqual([numbers.counted?.parts.starts.length, 0]);
    expect(numbers.stale).toBe(false);
    numbers.period = { kind: "today" };
    expect(numbers.stale).toBe(true);
    await numbers.refresh();
    expect(numbers.stale).toBe(false);
    expect(numbers.counted?.numbers.conversations).toBe(3);
  });

  it("drop an answer to what is no longer asked", async () => {
    const { statistics: numbers, navigation } = statistics();
    const answer = numbers.refresh();
    navigation.account = 7;
    await answer;
    expect(numbers.counted).toBeNull();
    expect(numbers.stale).toBe(true);
  });
});

describe("behind a number", () => {
  it("comes page by page, and a long list stays as it was read", async () => {
    const { statistics: numbers } = statistics();
    numbers.look(behind);
    await numbers.refresh();
    expect([numbers.total, numbers.rows.length]).toEqual([ALL, 50]);
    await numbers.more();
    await numbers.more();
    expect(new Set(numbers.rows.map((one) => one.id)).size).toBe(ALL);
    await numbers.refresh();
    expect(numbers.rows.length).toBe(ALL);
    expect(asked, "nobody sees the numbers meanwhile").toEqual([]);
  });

  it("leaves a way back to the same place, and none once somebody else may stand there", async () => {
    const { statistics: numbers, navigation } = statistics();
    navigation.overlay = "statistics";
    numbers.look(behind);
    await numbers.refresh();
    numbers.show({ account: 1, id: 9 });
    expect([navigation.overlay, navigation.open, numbers.left]).toEqual([
      null,
      { account: 1, id: 9 },
      { account: 1, id: 9 },
    ]);
    expect([numbers.arrive(), numbers.arrive()], "the focus goes there once").toEqual([true, false]);
    numbers.comeBack();
    expect([navigation.overlay, numbers.looked?.number, numbers.left]).toEqual(["statistics", behind, null]);
    numbers.forget();
    expect([numbers.looked, numbers.rows, numbers.counted]).toEqual([null, [], null]);
  });
});
