import type { SearchRequest } from "$lib/rpc/generated/schema";
import { Clock } from "$lib/state/clock.svelte";
import { Filters } from "$lib/state/filters.svelte";
import { Navigation } from "$lib/state/navigation.svelte";
import { Search } from "$lib/state/search.svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { answerWith, flush } from "./host";

vi.mock("$lib/platform", async () => (await import("./host")).hostModule);

let asked: string[];
let answers: (() => void)[];
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
    return new Promise((done) => answers.push(() => done({ hits: [] })));
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
});
