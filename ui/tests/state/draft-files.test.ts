import type { ConversationRef } from "$lib/rpc/generated/schema";
import { DraftFiles } from "$lib/state/draft-files.svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { answerWith, deferred, flush } from "./host";

vi.mock("$lib/platform", async () => (await import("./host")).hostModule);

const one: ConversationRef = { account: 1, id: 1 };
const two: ConversationRef = { account: 1, id: 2 };
const menu = () => new File(["Deskbell"], "menu.txt", { type: "text/plain" });

describe("DraftFiles", () => {
  let files: DraftFiles;
  let asked: [name: string, request: unknown][];
  let room: unknown;
  const calls = (name: string) => asked.filter(([call]) => call === name).map(([, request]) => request);

  beforeEach(() => {
    asked = [];
    room = { outcome: "added", file: 7 };
    answerWith((name, request) => {
      asked.push([name, request]);
      return name === "add_file" ? room : { outcome: "done" };
    });
    files = new DraftFiles();
    files.open(one);
  });

  it("hands a file to the core in pieces and can then send it", async () => {
    const added = files.add(one, [menu()]);
    expect([files.busy, files.ids(one)]).toEqual([true, []]);
    await added;
    expect(calls("append_file")).toEqual([{ file: 7, data: "RGVza2JlbGw=" }]);
    expect([files.busy, files.ids(one)]).toEqual([false, [7]]);
  });

  it("stay with their conversation", async () => {
    await files.add(one, [menu()]);
    files.open(two);
    expect(files.shown).toEqual([]);
    files.open(one);
    expect(files.shown.map((file) => file.name)).toEqual(["menu.txt"]);
  });

  it("say which limit a file is over", async () => {
    room = { outcome: "refused", reason: "too_large", limit: 41943040 };
    await files.add(one, [menu()]);
    expect(files.shown).toEqual([]);
    expect(files.problems).toEqual([{ name: "menu.txt", reason: "too_large", limit: 41943040 }]);
  });

  it("take back what was removed while room was made for it", async () => {
    const answer = deferred<unknown>();
    room = answer.promise;
    const added = files.add(one, [menu()]);
    await flush();
    files.remove(one, files.shown[0]?.key ?? 0);
    answer.resolve({ outcome: "added", file: 9 });
    await added;
    expect(calls("drop_file")).toEqual([{ file: 9 }]);
    expect(calls("append_file")).toEqual([]);
    expect(files.problems).toEqual([]);
  });

  it("do not return with an answer from before they left, but with a message that was taken back", async () => {
    await files.add(one, [menu()]);
    const kept = [{ id: 7, name: "menu.txt", content_type: "text/plain", size: 8 }];
    files.sent(one, [7]);
    files.suggest(one, kept);
    expect(files.shown).toEqual([]);
    files.returned(one, kept);
    expect(files.ids(one)).toEqual([7]);
  });
});
