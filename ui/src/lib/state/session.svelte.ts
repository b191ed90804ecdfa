// Who is signed in where, how far each property is in step, and what was chosen on this computer.

import { zoneOf } from "$lib/domain/zone";
import { query } from "$lib/rpc";
import type { AccountKey, AccountView, SessionPhase, SessionView } from "$lib/rpc/generated/schema";
import type { Events } from "./events";
import { Refresher } from "./refresher";

export class Session {
  view = $state.raw<SessionView>();
  /** The core could not even say who is signed in. */
  failed = $state(false);

  readonly phase = $derived<SessionPhase>(this.view?.phase ?? { phase: "starting" });
  readonly accounts = $derived<readonly AccountView[]>(this.view?.accounts ?? []);
  /** Unsent changes of all properties. */
  readonly unsent = $derived(this.view?.unsent ?? 0);
  /** Where the clock of this property stands, or the one all share for `null`; the computer's where nobody told. */
  zone(key: AccountKey | null): string {
    const shown = this.accounts.filter((account) => key === null || account.key === key);
    const told = new Set(shown.map((account) => account.timezone));
    return zoneOf(told.size === 1 ? [...told][0] : null);
  }

  readonly severalProperties = $derived(this.accounts.length > 1);

  #refresher = new Refresher(
    async () => {
      this.view = await query("session");
      this.failed = false;
    },
    () => (this.failed = this.view === undefined),
  );

  listen(events: Events): void {
    events.on("session", () => void this.refresh());
    events.on("reload", () => void this.refresh());
  }

  refresh(): Promise<void> {
    return this.#refresher.refresh();
  }

  account(key: AccountKey): AccountView | undefined {
    return this.accounts.find((account) => account.key === key);
  }
}
