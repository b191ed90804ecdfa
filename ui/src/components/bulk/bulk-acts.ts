// One change for several conversations, one after the other and each on its own way to the server. What could not be
// changed is named and stays chosen.

import { stepCall } from "$components/conversation/acts";
import { refusalWords } from "$components/conversation/words";
import { refKey } from "$lib/domain/refs";
import { guestName } from "$lib/domain/rows";
import { wayBack, wayBackOfAssign, type UndoStep } from "$lib/domain/undo";
import { m } from "$lib/paraglide/messages";
import { mutate, query } from "$lib/rpc";
import type { ActOutcome, AssignTarget, ConversationRef, ConversationView, RowView } from "$lib/rpc/generated/schema";
import type { App } from "$lib/state/app.svelte";

const UNDO_SECONDS = 10;

export type BulkAct =
  | { do: "assign"; to: AssignTarget; name: string; note?: string }
  | { do: "hand_back" }
  | { do: "label"; add: string[]; remove: string[] }
  | { do: "close" }
  | { do: "read" }
  | { do: "unread" };

interface Undo {
  ref: ConversationRef;
  steps: readonly UndoStep[];
}

type Rooms = Pick<App, "session" | "toasts" | "announcer">;

/** Those that are chosen. @returns how many were changed. */
export async function actOnAll(app: Rooms & Pick<App, "selection">, act: BulkAct): Promise<number> {
  const { rows } = app.selection;
  const failed = await actOnEach(app, rows, act);
  app.selection.keep(failed);
  return rows.length - failed.size;
}

/** @returns the `refKey` of each that was not changed. */
export async function actOnEach(app: Rooms, rows: readonly RowView[], act: BulkAct): Promise<Set<string>> {
  const { toasts, announcer } = app;
  const undos: Undo[] = [];
  const failed: { row: RowView; why: string }[] = [];
  for (const row of rows) {
    const ref = { account: row.account, id: row.id };
    const before = await query("conversation", ref).catch(() => null);
    const outcome = await call(ref, act).catch(() => null);
    if (outcome?.outcome === "done") {
      if (before) undos.push({ ref, steps: stepsBack(app, before, act) });
    } else failed.push({ row, why: outcome === null ? m.thread_act_failed() : refusalWords(outcome.reason) });
  }
  const done = rows.length - failed.length;
  const words = [done > 0 ? doneWords(act, done) : "", ...failedWords(failed)].filter(Boolean).join(" ");
  const back = undos.filter(({ steps }) => steps.length > 0);
  const undo = { action: m.thread_undo(), run: () => void takeBack(app, back), seconds: UNDO_SECONDS };
  toasts.show(words, back.length > 0 ? undo : failed.length > 0 ? { seconds: UNDO_SECONDS } : {});
  if (failed.length > 0) announcer.alarm(words);
  else announcer.say(words);
  return new Set(failed.map(({ row }) => refKey(row)));
}

function call(ref: ConversationRef, act: BulkAct): Promise<ActOutcome> {
  switch (act.do) {
    case "assign":
      return mutate("assign", { conversation: ref, to: act.to, note: act.note ?? "", urgent: false });
    case "hand_back":
      return mutate("hand_back", ref);
    case "label":
      return mutate("change_labels", { conversation: ref, add: act.add, remove: act.remove });
    case "close":
      return mutate("close", { conversation: ref, final_message: "" });
    case "read":
      return mutate("mark_seen", ref);
    case "unread":
      return mutate("mark_unread", ref);
  }
}

function stepsBack(app: Rooms, before: ConversationView, act: BulkAct): UndoStep[] {
  if (act.do === "close" || act.do === "hand_back") return wayBack(before, false);
  if (act.do !== "assign") return [];
  const me = app.session.account(before.conversation.account)?.me.id ?? null;
  return wayBackOfAssign(before, act.to, false, me);
}

function doneWords(act: BulkAct, count: number): string {
  switch (act.do) {
    case "assign":
      return m.bulk_did_assign({ count, name: act.name });
    case "hand_back":
      return m.day_did_hand_back({ count });
    case "label":
      return m.bulk_did_tag({ count });
    case "close":
      return m.bulk_did_close({ count });
    case "read":
      return m.bulk_did_read({ count });
    case "unread":
      return m.bulk_did_unread({ count });
  }
}

/** By name, one sentence for each reason. */
function failedWords(failed: readonly { row: RowView; why: string }[]): string[] {
  const reasons = [...new Set(failed.map(({ why }) => why))];
  return reasons.map((why) => {
    const names = failed.filter((one) => one.why === why).map(({ row }) => guestName(row));
    return m.bulk_not({ names: names.join(", "), why });
  });
}

async function takeBack(app: Rooms, undos: readonly Undo[]): Promise<void> {
  let failed = false;
  for (const { ref, steps } of undos) {
    for (const step of steps) {
      const outcome = await stepCall(ref, step).catch(() => null);
      if (outcome?.outcome !== "done") {
        failed = true;
        break;
      }
    }
  }
  const words = failed ? m.bulk_undo_failed() : m.thread_did_undo();
  app.toasts.show(words);
  app.announcer.say(words);
}
