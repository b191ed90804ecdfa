/**
 * What happened to a conversation, from the line the server wrote about it (reference §5): who took over, to whom it went,
 * who closed it. Servers write the lines in the language of the account; what is not known here is shown as it came.
 */

export type Happened =
  | { kind: "took" | "closed" | "reopened" | "to_ai" | "put_off" | "let_go"; by: string }
  | { kind: "assigned"; to: string; by: string }
  | { kind: "other"; text: string };

const BY_ONE = [
  ["took", /^(.+) self-assigned this conversation$/u],
  ["closed", /^Conversation was marked resolved by (.+)$/u],
  ["reopened", /^Conversation was reopened by (.+)$/u],
  ["to_ai", /^Conversation was marked as pending by (.+)$/u],
  ["put_off", /^Conversation was snoozed by (.+)$/u],
  ["let_go", /^Conversation unassigned by (.+)$/u],
] as const;

/** The last " by " parts the two: names of people seldom hold one, those of teams may. */
const ASSIGNED = /^Assigned to (.+) by (.+)$/u;

/** Done by the server's own clock, not by somebody. */
const BY_ITSELF = /^system due to /u;

export function happened(text: string): Happened {
  for (const [kind, line] of BY_ONE) {
    const by = line.exec(text)?.[1];
    if (by !== undefined && !BY_ITSELF.test(by)) return { kind, by };
  }
  const [, to, by] = ASSIGNED.exec(text) ?? [];
  return to !== undefined && by !== undefined ? { kind: "assigned", to, by } : { kind: "other", text };
}
