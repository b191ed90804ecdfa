import { inOrder } from "$lib/domain/windows";
import type { WindowRequest } from "$lib/rpc/generated/schema";
import { Clock } from "$lib/state/clock.svelte";
import { Events } from "$lib/state/events";
import { Filters } from "$lib/state/filters.svelte";
import { List } from "$lib/state/list.svelte";
import { Navigation } from "$lib/state/navigation.svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { row } from "../domain/row";
import { answerWith, flush } from "./host";

vi.mock("$lib/platform", async () => (await import("./host")).hostModule);

let ids: number[];
let unreadable: boolean;

function list() {
  const navigation = new Navigation();
  return { navigation, list: new List(navigation, new Filters(new Clock(), () => "UTC")) };
}

const shown = (of: List) => inOrder(of.shown).map((one) => one.id);

beforeEach(() => {
  ids = [1, 2, 3];
  unreadable = false;
  answerWith((name, request) => {
    if (name !== "window") return null;
    if (unreadable) throw new Error("the copy is broken");
    const rows = (request as WindowRequest).view === "mine" ? [row(9)] : ids.map((id) => row(id));
    return { total: rows.length, groups: [{ kind: "everything", count: rows.length }], rows };
  });
});

describe("the list", () => {
  it("keeps its order while the pointer is over it, counts what came, and shows it when the pointer goes", async () => {
    const { list: rows } = list();
    await rows.refresh();
    rows.hold("pointer", true);
    ids = [4, 5, 1, 2, 3];
    await rows.refresh();
    expect(shown(rows)).toEqual([1, 2, 3]);
    expect(rows.arrived).toBe(2);
    rows.hold("pointer", false);
    expect(shown(rows)).toEqual([4, 5, 1, 2, 3]);
    expect(rows.arrived).toBe(0);
  });

  it("waits for a press to end before it shows another view", async () => {
    const { list: rows, navigation } = list();
    await rows.refresh();
    rows.hold("press", true);
    navigation.view = "mine";
    void rows.refresh();
    await flush();
    expect([shown(rows), rows.view]).toEqual([[1, 2, 3], "all"]);
    expect(rows.stale).toBe(true);
    rows.hold("press", false);
    await flush();
    expect([shown(rows), rows.view]).toEqual([[9], "mine"]);
    expect(rows.stale).toBe(false);
  });

  it("lets go at once of what must not be seen any longer, wherever the pointer is", async () => {
    const { list: rows } = list();
    await rows.refresh();
    rows.hold("pointer", true);
    ids = [1, 3];
    await rows.renew();
    expect(shown(rows)).toEqual([1, 3]);
    expect(rows.gone.size).toBe(0);
  });

  it("shows a view that was made ready without asking, until anything changes", async () => {
    vi.useFakeTimers();
    const { list: rows, navigation } = list();
    const events = new Events();
    rows.listen(events);
    await rows.refresh();
    await vi.runAllTimersAsync();
    navigation.view = "mine";
    void rows.refresh();
    expect([shown(rows), rows.view, rows.stale]).toEqual([[9], "mine", false]);

    ids = [1, 3];
    events.deliver({ events: [{ event: "list" }] });
    await flush();
    navigation.view = "all";
    void rows.refresh();
    expect(rows.stale, "what was ready may be wrong by now").toBe(true);
    await flush();
    expect([shown(rows), rows.view]).toEqual([[1, 3], "all"]);
    vi.useRealTimers();
  });

  it("says that a view did not load, rather than show the rows of another", async () => {
    const { list: rows, navigation } = list();
    await rows.refresh();
    unreadable = true;
    await rows.refresh();
    expect([shown(rows), rows.status], "what is known stays").toEqual([[1, 2, 3], "ready"]);
    navigation.view = "mine";
    await rows.refresh();
    expect(rows.status).toBe("failed");
    unreadable = false;
    await rows.refresh();
    expect([shown(rows), rows.status]).toEqual([[9], "ready"]);
  });
});
