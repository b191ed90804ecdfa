import { actOnAll } from "$components/bulk/bulk-acts";
import type { WindowRequest } from "$lib/rpc/generated/schema";
import { Announcer } from "$lib/state/announcer.svelte";
import { Clock } from "$lib/state/clock.svelte";
import { Filters } from "$lib/state/filters.svelte";
import { List } from "$lib/state/list.svelte";
import { Navigation } from "$lib/state/navigation.svelte";
import { Selection } from "$lib/state/selection.svelte";
import { Session } from "$lib/state/session.svelte";
import { Toasts } from "$lib/state/toasts.svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { row } from "../domain/row";
import { answerWith } from "./host";

vi.mock("$lib/platform", async () => (await import("./host")).hostModule);
vi.useFakeTimers();

type Asked = { name: string; request: unknown };

describe("several conversations", () => {
  const rows = [1, 2, 3].map((id) => row(id, { name: `Guest ${id}` }));
  let asked: Asked[];
  let refused: number[];
  let app: { selection: Selection; session: Session; toasts: Toasts; announcer: Announcer };

  beforeEach(async () => {
    [asked, refused] = [[], []];
    answerWith((name, request) => {
      if (name === "window") {
        const { offset } = request as WindowRequest;
        return { total: 3, groups: [{ kind: "everything", count: 3 }], rows: rows.slice(offset) };
      }
      if (name === "conversation") return { conversation: request, who: { kind: "ai" } };
      asked.push({ name, request });
      const { id } =
        (request as { conversation?: { id: number }; id: number }).conversation ?? (request as { id: number });
      return refused.includes(id) ? { outcome: "refused", reason: "offline" } : { outcome: "done" };
    });
    const list = new List(new Navigation(), new Filters(new Clock(), () => "UTC"));
    await list.refresh();
    app = { selection: new Selection(list), session: new Session(), toasts: new Toasts(), announcer: new Announcer() };
    app.selection.toggle("1:1");
    app.selection.extend("1:3", null);
  });

  it("know how many of them the AI answers", () => {
    expect(app.selection.count).toBe(3);
    expect(app.selection.withAi).toBe(3);
  });

  it("are closed one by one without a message, and none is chosen any more", async () => {
    expect(await actOnAll(app, { do: "close" })).toBe(3);
    expect(asked.map(({ request }) => (request as { final_message: string }).final_message)).toEqual(["", "", ""]);
    expect(app.selection.count).toBe(0);
    expect(app.toasts.shown[0]).toMatchObject({ text: "3 closed.", action: "Undo" });
  });

  it("of which some fail are told by name, and those stay chosen", async () => {
    refused = [2];
    expect(await actOnAll(app, { do: "close" })).toBe(2);
    expect([...app.selection.keys]).toEqual(["1:2"]);
    expect(app.toasts.shown[0]?.text).toContain("2 closed. Not changed: Guest 2.");
  });

  it("go back the way each came", async () => {
    await actOnAll(app, { do: "close" });
    asked = [];
    app.toasts.shown[0]?.run?.();
    await vi.runAllTimersAsync();
    expect(asked.map(({ name }) => name)).toEqual(["hand_back", "hand_back", "hand_back"]);
  });
});
