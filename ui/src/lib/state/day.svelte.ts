// The day's two screens: what is asked for them, what is ticked, and what stands still while the pointer is at it.

import { lastEvening, progressOf, sectionsOf } from "$lib/domain/day";
import { refKey } from "$lib/domain/refs";
import { sameClock, zoneOf } from "$lib/domain/zone";
import { mutate, query } from "$lib/rpc";
import type { Check, ConversationRef, HandoverView, MorningView } from "$lib/rpc/generated/schema";
import type { Clock } from "./clock.svelte";
import type { Events } from "./events";
import type { Navigation } from "./navigation.svelte";
import { Refresher } from "./refresher";
import type { Session } from "./session.svelte";

/** A busy desk changes many times a second; the screens follow this often. Milliseconds. */
const FOLLOW_MS = 500;

/** What both screens are drawn from. */
interface Shown {
  morning: MorningView;
  handover: HandoverView;
}

export class Day {
  status = $state<"loading" | "ready" | "failed">("loading");
  #shown = $state.raw<Shown | null>(null);
  /** What would be shown, were the pointer not at it. */
  #held = $state.raw<Shown | null>(null);
  /** The pointer is over the rows. */
  #holds = false;
  /** The whole night, not only what is worth a look. */
  wholeNight = $state(false);
  /** Of what looks finished: not to be closed. By `refKey`. */
  leftOut = $state.raw<ReadonlySet<string>>(new Set());
  /** For the next shift. */
  note = $state("");
  #timer: ReturnType<typeof setTimeout> | undefined;
  #navigation: Navigation;
  #session: Session;
  #clock: Clock;

  readonly morning = $derived(this.#shown?.morning ?? null);
  readonly handover = $derived(this.#shown?.handover ?? null);
  readonly sections = $derived(this.morning === null ? [] : sectionsOf(this.morning, this.wholeNight));
  readonly progress = $derived(progressOf(this.sections));
  /** Something else is to be shown once the pointer goes. */
  readonly changed = $derived(this.#held !== null);
  /** The clock that counts: the property's, or the one all share, whatever their places are called. */
  readonly zone = $derived.by(() => {
    const { account } = this.#navigation;
    const shown = this.#session.accounts.filter((one) => account === null || one.key === account);
    const [first, ...others] = shown.map((one) => zoneOf(one.timezone));
    const shared = first !== undefined && others.every((zone) => sameClock(zone, first, this.#clock.now));
    return shared ? first : this.#session.zone(account);
  });

  constructor(navigation: Navigation, session: Session, clock: Clock) {
    this.#navigation = navigation;
    this.#session = session;
    this.#clock = clock;
  }

  #refresher = new Refresher(
    () => this.#load(),
    () => {
      if (this.#shown === null) this.status = "failed";
    },
  );

  listen(events: Events): void {
    for (const kind of ["list", "conversations", "reload"] as const) {
      events.on(kind, () => this.#follow());
    }
  }

  /** Once for all that comes soon after; nothing while nobody is there. */
  #follow(): void {
    if (this.#navigation.page === "inbox") return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#navigation.page !== "inbox") void this.refresh();
    }, FOLLOW_MS);
  }

  refresh(): Promise<void> {
    return this.#refresher.refresh();
  }

  /** Asks anew and shows it wherever the pointer is: the person has pressed something. */
  async renew(): Promise<void> {
    await this.refresh();
    this.settle();
  }

  hold(on: boolean): void {
    this.#holds = on;
    if (!on) this.settle();
  }

  /** The person has pressed something: what comes of it is shown. */
  letGo(): void {
    this.#holds = false;
  }

  /** Shows things as they are now. */
  settle(): void {
    if (this.#held === null) return;
    this.#shown = this.#held;
    this.#held = null;
  }

  /** Nobody is signed in any more, or nobody may look. */
  forget(): void {
    this.#shown = null;
    this.#held = null;
    this.#holds = false;
    this.wholeNight = false;
    this.leftOut = new Set();
    this.note = "";
    this.status = "loading";
  }

  /** Ticks it off, or takes the tick back. */
  async check(conversation: ConversationRef, what: Check, on: boolean): Promise<void> {
    await mutate("check", { conversation, what, on });
    await this.renew();
  }

  /** Whether it goes with those that are closed together. */
  choose(conversation: ConversationRef, on: boolean): void {
    const leftOut = new Set(this.leftOut);
    if (on) leftOut.delete(refKey(conversation));
    else leftOut.add(refKey(conversation));
    this.leftOut = leftOut;
  }

  async #load(): Promise<void> {
    const { account } = this.#navigation;
    const [morning, handover] = await Promise.all([
      query("morning", { account, evening: lastEvening(this.#clock.now, this.zone) }),
      query("handover", { account }),
    ]);
    if (account !== this.#navigation.account) return;
    this.status = "ready";
    const next = { morning, handover };
    if (this.#holds && this.#shown !== null) {
      this.#held = JSON.stringify(next) === JSON.stringify(this.#shown) ? null : next;
      return;
    }
    this.#held = null;
    this.#shown = next;
  }
}
