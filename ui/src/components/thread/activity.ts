// What happened to a conversation, in words and with a sign.

import type { IconName } from "$components/ui/icons";
import { happened, type Happened } from "$lib/domain/activity";
import { m } from "$lib/paraglide/messages";

export interface Who {
  me: string | undefined;
  /** What the server calls the AI. */
  ai: string | null;
}

export interface ActivityWords {
  text: string;
  icon?: IconName;
  /** The AI called a person. */
  rang?: boolean;
}

type ByOne = Exclude<Happened["kind"], "assigned" | "other">;

const BY_ONE: Record<ByOne, { icon: IconName; mine: () => string; other: (by: { name: string }) => string }> = {
  took: { icon: "hand", mine: m.activity_took_me, other: m.activity_took },
  closed: { icon: "check", mine: m.activity_closed_me, other: m.activity_closed },
  reopened: { icon: "undo-2", mine: m.activity_reopened_me, other: m.activity_reopened },
  to_ai: { icon: "sparkles", mine: m.activity_to_ai_me, other: m.activity_to_ai },
  put_off: { icon: "moon", mine: m.activity_put_off_me, other: m.activity_put_off },
  let_go: { icon: "user", mine: m.activity_let_go_me, other: m.activity_let_go },
};

/** What is not known is shown as the server wrote it. */
export function activityWords(line: string, { me, ai }: Who): ActivityWords {
  const what = happened(line);
  if (what.kind === "other") return { text: what.text };
  if (what.kind === "assigned") return { text: assignedWords(what, me), icon: "user-plus" };
  const { icon, mine, other } = BY_ONE[what.kind];
  const byAi = ai !== null && what.by === ai;
  // The AI opens what it had only to hand it over.
  if (byAi && what.kind === "reopened") return { text: m.activity_rang(), icon: "concierge-bell", rang: true };
  return { text: what.by === me ? mine() : other({ name: byAi ? m.thread_ai() : what.by }), icon };
}

function assignedWords({ to, by }: Extract<Happened, { kind: "assigned" }>, me: string | undefined): string {
  if (by === me) return m.activity_assigned_me({ to });
  return to === me ? m.activity_assigned_to_me({ name: by }) : m.activity_assigned({ name: by, to });
}
