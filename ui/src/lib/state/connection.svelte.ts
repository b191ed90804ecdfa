// How far the screen is in step with its servers: one answer for all properties together.

import { trigger } from "$lib/rpc";
import type { AccountKey } from "$lib/rpc/generated/schema";
import type { Session } from "./session.svelte";

export type Step = "in_step" | "getting" | "offline" | "signed_out";

export class Connection {
  #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  readonly offline = $derived.by(() => this.#with("offline"));
  readonly signedOut = $derived.by(() => this.#with("signed_out"));

  readonly step = $derived.by<Step>(() => {
    if (this.offline.length > 0) return "offline";
    if (this.signedOut.length > 0) return "signed_out";
    const live = this.#session.accounts.every((account) => account.connection.state === "live");
    return live ? "in_step" : "getting";
  });

  /** When everything was last known to be in step: the oldest of all properties. Epoch seconds. */
  readonly asOf = $derived.by<number | null>(() => {
    const times = this.#session.accounts.map((account) => account.connection.as_of);
    return times.includes(null) || times.length === 0 ? null : Math.min(...(times as number[]));
  });

  /** The first copy is on its way: that nothing is here says nothing yet. */
  readonly filling = $derived.by(() => this.step === "getting" && this.asOf === null);

  /** Since when at least one property cannot be reached. Epoch seconds. */
  readonly offlineSince = $derived.by<number | null>(() => {
    const times = this.offline.map((account) => account.connection.offline_since).filter((time) => time !== null);
    return times.length === 0 ? null : Math.min(...times);
  });

  /** Whether what needs the server's word can be pressed for a conversation of this property. */
  isOnline(account: AccountKey): boolean {
    const state = this.#session.account(account)?.connection.state;
    return state === "live" || state === "catching_up";
  }

  tryNow(): void {
    trigger("try_now");
  }

  #with(state: "offline" | "signed_out") {
    return this.#session.accounts.filter((account) => account.connection.state === state);
  }
}
