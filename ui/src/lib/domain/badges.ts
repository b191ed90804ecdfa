// Which badges a row of the list carries. Pills say the state, squares the results; at most two are shown.

import { m } from "$lib/paraglide/messages";
import type { Conversion, RowView } from "$lib/rpc/generated/schema";

export type BadgeKind =
  | "queued"
  | "stuck"
  | "escalated"
  | "held"
  | "urgent"
  | "opted_out"
  | "expired"
  | "closed"
  | "snoozed"
  | "lead"
  | "new"
  | "tour"
  | "customer"
  | "contract"
  | "booking"
  | "result";

export interface RowBadge {
  kind: BadgeKind;
  label: string;
}

/** Shown; the rest becomes "+1". */
const ROOM = 2;

function states(row: RowView, overdue: boolean): RowBadge[] {
  const found: RowBadge[] = [];
  const waiting = row.who.kind === "waiting";
  const closed = row.status === "resolved";
  if (row.stuck > 0) found.push({ kind: "stuck", label: m.badge_stuck({ count: row.stuck }) });
  if (row.queued > 0) found.push({ kind: "queued", label: m.badge_queued({ count: row.queued }) });
  // Somebody has it and something of theirs waits here: what waits says more.
  else if (row.escalated && !closed) {
    found.push({ kind: waiting ? "escalated" : "held", label: m.badge_escalated() });
  }
  if (overdue && row.priority === "urgent") found.push({ kind: "urgent", label: m.badge_urgent() });
  if (row.opted_out) found.push({ kind: "opted_out", label: m.badge_opted_out() });
  if (closed) found.push({ kind: "closed", label: m.badge_closed() });
  else if (row.status === "snoozed") found.push({ kind: "snoozed", label: m.badge_snoozed() });
  if (row.expired && !closed) found.push({ kind: "expired", label: m.badge_expired() });
  if (row.is_new && !closed) found.push({ kind: "new", label: m.badge_new() });
  if (row.lead) found.push({ kind: "lead", label: m.badge_lead() });
  return found;
}

const RESULTS = new Map<string, { kind: BadgeKind; label: () => string }>([
  ["tour", { kind: "tour", label: m.badge_tour }],
  ["customer", { kind: "customer", label: m.badge_customer }],
  ["contract", { kind: "contract", label: m.badge_contract }],
  ["booking", { kind: "booking", label: m.badge_booking }],
]);

/** A kind the screen does not know is shown plainly, in its own words. */
export function resultBadge(conversion: Conversion): RowBadge {
  const known = RESULTS.get(conversion.kind);
  return known
    ? { kind: known.kind, label: known.label() }
    : { kind: "result", label: conversion.label || conversion.kind };
}

export function badgesOf(row: RowView, overdue: boolean): { shown: RowBadge[]; more: RowBadge[] } {
  const all = [...states(row, overdue), ...row.conversions.map(resultBadge)];
  return { shown: all.slice(0, ROOM), more: all.slice(ROOM) };
}
