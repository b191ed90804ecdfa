import RowBadges from "$components/row/RowBadges.svelte";
import AnswerSwitch from "$components/thread/AnswerSwitch.svelte";
import { answerState } from "$components/thread/answer";
import type { BadgeKind } from "$lib/domain/badges";
import { readFileSync, readdirSync } from "node:fs";
import { render } from "svelte/server";
import { describe, expect, it } from "vitest";

/** The markup without what only colours it. */
function withoutColour(html: string): string {
  return html
    .replaceAll(/<!--.*?-->/gsu, "")
    .replaceAll(/ (class|style)="[^"]*"/gu, "")
    .replaceAll(/\s+/gu, " ");
}

function markup(kind: BadgeKind): string {
  return withoutColour(render(RowBadges, { props: { shown: [{ kind, label: "" }], more: [] } }).body);
}

describe("a state is never colour alone", () => {
  it("has a sign of its own in a row, or words", () => {
    const kinds: BadgeKind[] = ["queued", "opted_out", "expired", "closed", "snoozed", "lead", "stuck", "escalated"];
    const results: BadgeKind[] = ["tour", "customer", "contract", "booking"];
    const signs = [...kinds, ...results].map(markup);
    for (const sign of signs) expect(sign).toContain("<svg");
    expect(new Set(signs).size).toBe(signs.length);
  });

  it("says who answers by what is chosen, and turns while it changes", () => {
    const handlers = { onai: () => undefined, onhuman: () => undefined };
    const facts = { who_is_me: false, changing: null, has_ai: true, opted_out_at: null, window: { window: "none" } };
    const shown = (kind: "ai" | "waiting" | "closed", changing: "to_human" | null = null) => {
      const answer = answerState({ ...facts, changing, who: { kind } } as never, "live");
      return withoutColour(render(AnswerSwitch, { props: { answer, hasAi: true, locked: false, ...handlers } }).body);
    };
    const all = [shown("ai"), shown("waiting"), shown("closed"), shown("ai", "to_human")];
    expect(new Set(all).size).toBe(all.length);
  });
});

/** Attributes that say a state, as style sheets select them. */
const STATES = /\[(aria-(?:pressed|checked|selected|current))(?:[~|^$*]?="([a-z]+)")?\]/gu;

describe("where the computer takes backgrounds away", () => {
  const contrast = readFileSync(new URL("../../src/styles/contrast.css", import.meta.url), "utf8");
  const forced = contrast.slice(contrast.indexOf("@media (forced-colors: active)"));
  const folder = new URL("../../src/components/", import.meta.url);
  const components = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".svelte"),
  );

  it("each chosen thing has an edge", () => {
    expect(components.length).toBeGreaterThan(100);
    const bare = components.flatMap((path) => {
      const text = readFileSync(new URL(path, folder), "utf8");
      const style = text.slice(text.indexOf("<style>"));
      const own = style.includes("forced-colors: active");
      const states = [...style.matchAll(STATES)].map(([, attribute]) => attribute ?? "");
      return own ? [] : states.filter((attribute) => !forced.includes(`[${attribute}`)).map((one) => `${path}: ${one}`);
    });
    expect(bare).toEqual([]);
  });
});
