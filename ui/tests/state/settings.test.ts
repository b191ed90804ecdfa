import type { SettingsView } from "$lib/rpc/generated/schema";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { answerWith, deferred, flush } from "./host";

vi.mock("$lib/platform", async () => (await import("./host")).hostModule);
vi.stubGlobal("matchMedia", () => ({ matches: false }));
vi.stubGlobal("navigator", { languages: ["en"], platform: "" });

const { Session } = await import("$lib/state/session.svelte");
const { Settings } = await import("$lib/state/settings.svelte");

/** What was saved, and the answers that are owed for it. */
let kept: Partial<SettingsView>;
let owed: { settings: SettingsView; answer: (kept: boolean) => void }[];

beforeEach(() => {
  kept = {};
  owed = [];
  answerWith(async (name, request) => {
    if (name === "session") return { phase: { phase: "ready" }, accounts: [], settings: { ...kept } };
    if (name !== "save_settings") return null;
    const { promise, resolve } = deferred<boolean>();
    owed.push({ settings: request as SettingsView, answer: resolve });
    if (!(await promise)) throw { code: "failed", message: "" };
    kept = request as SettingsView;
    return null;
  });
});

describe("settings", () => {
  it("shows the last of two quick choices all the time, and saves it last", async () => {
    const settings = new Settings(new Session());
    void settings.change({ details_open: false });
    void settings.change({ details_open: true });
    await flush();
    expect(owed.length).toBe(1);
    owed[0]?.answer(true);
    await flush();
    expect(settings.current.details_open).toBe(true);
    owed[1]?.answer(true);
    await flush();
    expect(settings.current.details_open).toBe(true);
    expect(kept.details_open).toBe(true);
  });

  it("takes back a choice that could not be saved, and says so", async () => {
    const settings = new Settings(new Session());
    const changed = settings.change({ sound: false });
    expect(settings.current.sound).toBe(false);
    await flush();
    owed[0]?.answer(false);
    await expect(changed).rejects.toBeDefined();
    expect(settings.current.sound).toBe(true);
  });
});
