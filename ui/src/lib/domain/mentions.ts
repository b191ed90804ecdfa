/**
 * People and teams named in a note. While it is written they are plain names (`@Jonas Lindqvist`); on the wire they are
 * links that say whom to notify (`[@Jonas Lindqvist](mention://user/2/Jonas%20Lindqvist)`).
 */
import type { AssigneesView } from "$lib/rpc/generated/schema";
import type { TextEdit } from "./edits";
import { fold } from "./find";

export interface Mentionable {
  kind: "user" | "team";
  id: number;
  name: string;
}

/** A name is not typed for longer than this before it is none. Characters. */
const LONGEST = 30;

const ON_THE_WIRE = /\[@([^\]]*)\]\(mention:\/\/(user|team)\/(\d+)\/[^)]*\)/gu;

export function mentionableOf(view: AssigneesView): Mentionable[] {
  return [
    ...view.agents.filter((agent) => !agent.is_me).map(({ id, name }) => ({ kind: "user" as const, id, name })),
    ...view.teams.map(({ id, name }) => ({ kind: "team" as const, id, name })),
  ];
}

/** The name that is being typed at the cursor; `null` = none is. */
export function mentionAt(text: string, cursor: number): { from: number; typed: string } | null {
  const from = text.lastIndexOf("@", cursor - 1);
  if (from < 0 || cursor - from > LONGEST) return null;
  // An address has a letter before its @.
  if (from > 0 && !/[\s([]/u.test(text[from - 1] ?? "")) return null;
  const typed = text.slice(from + 1, cursor);
  return /\n|\s\s|^\s/u.test(typed) ? null : { from, typed };
}

/** Whose names, or parts of names, begin so. */
export function mentionOptions(all: readonly Mentionable[], typed: string): Mentionable[] {
  const wanted = fold(typed.trim());
  const fits = (name: string) => {
    const folded = fold(name);
    return folded.startsWith(wanted) || folded.split(/\s+/u).some((part) => part.startsWith(wanted));
  };
  return all.filter(({ name }) => fits(name) && fold(name) !== wanted).slice(0, 8);
}

/** Puts the whole name where it was begun. */
export function putMention(text: string, from: number, cursor: number, name: string): TextEdit {
  const rest = text.slice(cursor);
  const inserted = `@${name}${/^\s/u.test(rest) ? "" : " "}`;
  const at = from + inserted.length;
  return { text: text.slice(0, from) + inserted + rest, from: at, to: at };
}

export interface MentionPart {
  text: string;
  mention: boolean;
}

/** A written text cut at the names in it; of two that begin alike the longer is meant. */
export function nameParts(text: string, names: readonly string[]): MentionPart[] {
  const longest = names.filter((name) => name !== "").sort((one, other) => other.length - one.length);
  const parts: MentionPart[] = [];
  let plain = "";
  let at = 0;
  while (at < text.length) {
    const name =
      text[at] === "@" && !/[\p{L}\p{N}]/u.test(text[at - 1] ?? "") ? nameAt(text, at + 1, longest) : undefined;
    if (name === undefined) {
      plain += text[at];
      at += 1;
      continue;
    }
    if (plain !== "") parts.push({ text: plain, mention: false });
    plain = "";
    parts.push({ text: `@${name}`, mention: true });
    at += name.length + 1;
  }
  if (plain !== "") parts.push({ text: plain, mention: false });
  return parts;
}

const nameAt = (text: string, at: number, names: readonly string[]): string | undefined =>
  names.find((name) => text.startsWith(name, at) && !/[\p{L}\p{N}]/u.test(text[at + name.length] ?? ""));

/** As the wire writes it. */
export function withMentions(text: string, all: readonly Mentionable[]): string {
  const named = new Map(all.map((one) => [one.name, one]));
  return nameParts(text, [...named.keys()])
    .map((part) => {
      const one = part.mention ? named.get(part.text.slice(1)) : undefined;
      return one === undefined ? part.text : `[${part.text}](mention://${one.kind}/${one.id}/${wireName(one.name)})`;
    })
    .join("");
}

const wireName = (name: string): string =>
  encodeURIComponent(name).replaceAll(/[()]/gu, (mark) => (mark === "(" ? "%28" : "%29"));

/** As it is written and read: names alone. */
export function withoutMentions(text: string): string {
  return text.replaceAll(ON_THE_WIRE, "@$1");
}

/** Who is mentioned in a text of the wire. */
export function mentionsIn(text: string): Mentionable[] {
  return [...text.matchAll(ON_THE_WIRE)].map(([, name = "", kind, id]) => ({
    kind: kind === "team" ? "team" : "user",
    id: Number(id),
    name,
  }));
}
