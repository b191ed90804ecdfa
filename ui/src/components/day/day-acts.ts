// What is pressed on the day's screens, each through what the conversation itself does.

import { actOnEach } from "$components/bulk/bulk-acts";
import { actsOf } from "$components/conversation/acts";
import type { Receiver } from "$lib/domain/day";
import { m } from "$lib/paraglide/messages";
import { query } from "$lib/rpc";
import type { Check, ConversationRef, ConversationView, RowView } from "$lib/rpc/generated/schema";
import type { App } from "$lib/state/app.svelte";

const refOf = ({ account, id }: RowView): ConversationRef => ({ account, id });

export class DayActs {
  #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** Looking at it is what a tick means. */
  open(row: RowView, ticks: boolean): void {
    const ref = refOf(row);
    if (ticks) void this.check(row, "looked", true);
    this.#app.navigation.show(ref);
  }

  /** And goes to it: the guest waits for words. */
  async takeOver(row: RowView): Promise<void> {
    const before = await this.conversation(row);
    if (before && (await actsOf(this.#app).takeOver(before))) this.#app.navigation.show(refOf(row));
  }

  async handBack(row: RowView): Promise<void> {
    const before = await this.conversation(row);
    if (before) await actsOf(this.#app).handBack(before);
    await this.#app.day.renew();
  }

  async handBackAll(rows: readonly RowView[]): Promise<void> {
    await actOnEach(this.#app, rows, { do: "hand_back" });
    await this.#app.day.renew();
  }

  async closeAll(rows: readonly RowView[]): Promise<void> {
    await actOnEach(this.#app, rows, { do: "close" });
    await this.#app.day.renew();
  }

  /** @returns whether all of it is theirs now. */
  async handOver(rows: readonly RowView[], to: Receiver, note: string): Promise<boolean> {
    const theirs = rows.filter((row) => to.accounts.has(row.account));
    const failed = await actOnEach(this.#app, theirs, {
      do: "assign",
      to: { kind: "agent", id: to.id },
      name: to.name,
      note,
    });
    await this.#app.day.renew();
    return failed.size === 0;
  }

  async check(row: RowView, what: Check, on: boolean): Promise<void> {
    await this.#app.day.check(refOf(row), what, on).catch(() => this.#failed());
  }

  /** As it is now; nothing where it is gone, which has been said. */
  async conversation(row: RowView): Promise<ConversationView | null> {
    const view = await query("conversation", refOf(row)).catch(() => null);
    if (view === null) this.#failed();
    return view;
  }

  #failed(): void {
    this.#app.toasts.show(m.thread_act_failed());
    this.#app.announcer.alarm(m.thread_act_failed());
  }
}
