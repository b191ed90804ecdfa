// The numbers of a period, what they are held against, and the conversations behind one of them.

import type { Period } from "$lib/domain/periods";
import { isoDay, partsOf, spanBefore, spanOf, type Parts, type Span } from "$lib/domain/spans";
import { offsetAt } from "$lib/domain/zone";
import { mutate, query } from "$lib/rpc";
import type {
  BehindNumber,
  ConversationRef,
  ExportOutcome,
  ExportWords,
  ListFilter,
  RowView,
  StatisticsView,
} from "$lib/rpc/generated/schema";
import { epoch } from "./clock.svelte";
import type { Events } from "./events";
import type { Navigation } from "./navigation.svelte";
import { Refresher } from "./refresher";
import type { Session } from "./session.svelte";

const DAY = 86_400;
/** Rows behind a number that are asked for at a time. */
const PAGE = 50;
/** As many are answered at once. */
const MOST_FOLLOWED = 100;
/** A busy desk changes many times a second; the numbers follow this often (milliseconds). */
const FOLLOW_MS = 2_000;

/** The numbers, with what they were asked for. */
export interface Counted {
  span: Span;
  before: Span | null;
  parts: Parts;
  numbers: StatisticsView;
  /** `null` where there is nothing to hold them against. */
  earlier: StatisticsView | null;
}

/** A number somebody looks behind. */
export interface Looked {
  number: BehindNumber;
  span: Span;
}

export class Statistics {
  period = $state.raw<Period>({ kind: "month" });
  /** What is shown; until other numbers are here, those asked for before. */
  counted = $state.raw<Counted | null>(null);
  failed = $state(false);
  looked = $state.raw<Looked | null>(null);
  rows = $state.raw<readonly RowView[]>([]);
  total = $state<number | null>(null);
  /** The conversation that was opened from here: from it there is a way back. */
  left = $state.raw<ConversationRef | null>(null);
  /** It was opened this moment: the focus goes to the way back, once. */
  #arriving = false;
  #question = $state("");
  #navigation: Navigation;
  #session: Session;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #numbers = new Refresher(
    () => this.#count(),
    () => (this.failed = true),
  );
  #behind = new Refresher(
    () => this.#look(Math.max(PAGE, this.rows.length), 0),
    () => (this.failed = true),
  );

  /** The numbers on screen are the answer to another question. */
  readonly stale = $derived.by(() => this.#question !== this.#asking);

  constructor(navigation: Navigation, session: Session) {
    this.#navigation = navigation;
    this.#session = session;
  }

  listen(events: Events): void {
    for (const kind of ["list", "conversations", "reload"] as const) events.on(kind, () => this.#followSoon());
  }

  get zone(): string {
    return this.#session.zone(this.#navigation.account);
  }

  get #isOpen(): boolean {
    return this.#navigation.overlay === "statistics";
  }

  get #asking(): string {
    return JSON.stringify([this.period, this.#navigation.account]);
  }

  /** Asks anew for what is in front: the numbers, or the conversations behind one. */
  refresh(): Promise<void> {
    if (this.looked === null) return this.#numbers.refresh();
    // A long list that was asked for page by page stays as it is.
    return this.rows.length > MOST_FOLLOWED ? Promise.resolve() : this.#behind.refresh();
  }

  #followSoon(): void {
    if (!this.#isOpen) return;
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      if (this.#isOpen) void this.refresh();
    }, FOLLOW_MS);
  }

  async #count(): Promise<void> {
    const question = this.#asking;
    const { zone, period } = this;
    // Not the screen's clock: what began since its last tick counts, too.
    const now = epoch();
    const span = spanOf(period, now, zone);
    const before = spanBefore(period, span, zone);
    const parts = partsOf(span, zone);
    // One after the other: the list has its questions, too.
    const numbers = await this.#ask(span, parts.starts, now);
    const earlier = before === null ? null : await this.#ask(before, [], now);
    if (question !== this.#asking) return;
    this.counted = { span, before, parts, numbers, earlier };
    this.failed = false;
    this.#question = question;
  }

  #ask(span: Span, parts: readonly number[], now: number): Promise<StatisticsView> {
    const { account } = this.#navigation;
    return query("statistics", { account, ...span, utc_offset: offsetAt(now, this.zone), parts: [...parts] });
  }

  /** Days of one's own begin with those on screen. */
  ownDays(): Period {
    const span = this.counted?.span ?? spanOf(this.period, epoch(), this.zone);
    const { from, to } = span;
    return { kind: "range", from: from === 0 ? "" : isoDay(from, this.zone), until: isoDay(to - 1, this.zone) };
  }

  /** Shows the conversations behind a number. */
  look(number: BehindNumber): void {
    const span = this.counted?.span ?? spanOf(this.period, epoch(), this.zone);
    this.#open({ number, span });
  }

  /** Those that began in the last 24 hours, whatever the period. */
  lookAtActive(): void {
    const to = epoch() + 1;
    this.#open({ number: { number: "figure", figure: "conversations" }, span: { from: to - DAY, to } });
  }

  #open(looked: Looked): void {
    this.looked = looked;
    this.rows = [];
    this.total = null;
    void this.#behind.refresh();
  }

  /** Back to all numbers. */
  leave(): void {
    this.#shut();
    if (this.#isOpen) void this.refresh();
  }

  #shut(): void {
    this.looked = null;
    this.rows = [];
    this.total = null;
  }

  more(): Promise<void> {
    return this.#look(PAGE, this.rows.length).catch(() => void (this.failed = true));
  }

  async #look(limit: number, offset: number): Promise<void> {
    const looked = this.looked;
    if (looked === null) return;
    const { account } = this.#navigation;
    const request = { number: looked.number, account, ...looked.span, offset, limit };
    const found = await query("behind", request);
    if (this.looked !== looked) return;
    this.failed = false;
    this.total = found.total;
    this.rows = offset === 0 ? found.rows : [...this.rows, ...found.rows];
  }

  /** Writes the conversations of the period into a file. @returns nothing where the core could not. */
  export(filter: ListFilter, words: ExportWords): Promise<ExportOutcome | null> {
    const { from, to } = this.counted?.span ?? spanOf(this.period, epoch(), this.zone);
    const request = { account: this.#navigation.account, from, to, filter, words };
    return mutate("export_conversations", request).catch(() => null);
  }

  /** Shows a conversation behind a number; the way back stays open. */
  show(conversation: ConversationRef): void {
    this.#navigation.overlay = null;
    this.#navigation.show(conversation);
    this.left = conversation;
    this.#arriving = true;
  }

  /** @returns true for the first who asks after a conversation was opened from here. */
  arrive(): boolean {
    const arriving = this.#arriving;
    this.#arriving = false;
    return arriving;
  }

  /** Back to where the person was among the numbers. */
  comeBack(): void {
    this.left = null;
    this.#navigation.overlay = "statistics";
  }

  /** Nobody is signed in any more, or the screen is locked. */
  forget(): void {
    this.counted = null;
    this.left = null;
    this.#shut();
  }
}
