import type { SearchHit, SearchRequest } from "$lib/rpc/generated/schema";
import { Clock } from "$lib/state/clock.svelte";
import { Events } from "$lib/state/events";
import { Filters } from "$lib/state/filters.svelte";
import { Navigation } from "$lib/state/navigation.svelte";
import { Search } from "$lib/state/search.svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { row } from "../domain/row";
import { answerWith, flush } from "./host";

vi.mock("$lib/platform", async () => (await import("./host")).hostModule);

let asked: string[];
let answers: ((hits?: SearchHit[]) => void)[];
let navigation: Navigation;
let search: Search;

const type = (text: string) => {
  navigation.search = text;
  search.changed();
};

beforeEach(() => {
  asked = [];
  answers = [];
  answerWith((_, request) => {
    asked.push((request as SearchRequest).text);
    return new Promise((done) => answers.push((hits = []) => done({ hits })));
  });
  navigation = new Navigation();
  search = new Search(navigation, new Filters(new Clock(), () => "UTC"));
});

describe("the search", () => {
  it("asks with the first letter, and with the last one once the first is answered", async () => {
    type("c");
    type("cr");
    type("cri");
    await flush();
    expect(asked).toEqual(["c"]);
    answers.shift()?.();
    await flush();
    expect(asked).toEqual(["c", "cri"]);
    expect(search.status).toBe("searching");
    answers.shift()?.();
    await flush();
    expect(search.asked).toBe("cri");
    expect(search.status).toBe("ready");
  });

  it("shows nothing of a question that was taken back", async () => {
    type("crib");
    await flush();
    type("");
    answers.shift()?.();
    await flush();
    expect(search.status).toBe("idle");
    expect(search.asked).toBe("");
  });

  it("finds what arrives later, below what it found before, and stays where the keyboard is", async () => {
    vi.useFakeTimers();
    const events = new Events();
    search.listen(events);
    const hit = (id: number) => ({ row: row(id), by: ["conversation"], snippet: null }) as SearchHit;
    const shown = () => search.found.map((one) => one.hit.row.id);
    type("crib");
    answers.shift()?.([hit(1), hit(2)]);
    await flush();
    search.cursor = 1;

    events.deliver({ events: [{ event: "list" }, { event: "list" }] });
    vi.runAllTimers();
    await flush();
    expect(asked).toEqual(["crib", "crib"]);
    answers.shift()?.([hit(3), hit(1), hit(2)]);
    await flush();
    expect(shown()).toEqual([1, 2, 3]);
    expect(search.cursor).toBe(1);

    type("cot");
    await flush();
    answers.shift()?.([hit(3), hit(2)]);
    await flush();
    expect(shown()).toEqual([3, 2]);
    expect(search.cursor).toBe(0);

    type("");
    events.deliver({ events: [{ event: "list" }] });
    vi.runAllTimers();
    await flush();
    expect(asked).toHaveLength(3);
    vi.useRealTimers();
  });
});
