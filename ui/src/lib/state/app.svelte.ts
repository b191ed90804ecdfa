// All rooms of the screen's state, made once and reached through the context.

import { subscribe, trigger } from "$lib/rpc";
import { createContext } from "svelte";
import { Announcer } from "./announcer.svelte";
import { Clock } from "./clock.svelte";
import { Composer } from "./composer.svelte";
import { Connection } from "./connection.svelte";
import { Counts } from "./counts.svelte";
import { Customers } from "./customers.svelte";
import { Day } from "./day.svelte";
import { Events } from "./events";
import { Filters } from "./filters.svelte";
import { NotesOfGuests } from "./guest-notes.svelte";
import { LeftBehind } from "./left-behind.svelte";
import { List } from "./list.svelte";
import { Lock } from "./lock.svelte";
import { Mails } from "./mails.svelte";
import { Navigation } from "./navigation.svelte";
import { UsedActions } from "./palette.svelte";
import { Search } from "./search.svelte";
import { Selection } from "./selection.svelte";
import { Session } from "./session.svelte";
import { Settings } from "./settings.svelte";
import { SignIn } from "./signin.svelte";
import { Statistics } from "./statistics.svelte";
import { Thread } from "./thread.svelte";
import { Toasts } from "./toasts.svelte";
import { Views } from "./views.svelte";

/** How long after a change of the list what is on screen is made ready: what was clicked comes first. */
const PREPARE_AFTER_MS = 150;

export class App {
  readonly events = new Events();
  readonly clock = new Clock();
  readonly session = new Session();
  readonly connection = new Connection(this.session);
  readonly settings = new Settings(this.session);
  readonly signIn = new SignIn(this.session);
  readonly navigation = new Navigation();
  readonly counts = new Counts(this.navigation);
  readonly filters = new Filters(this.clock, () => this.session.zone(this.navigation.account));
  readonly views = new Views(this.session, this.navigation, this.filters);
  readonly list = new List(this.navigation, this.filters);
  readonly selection = new Selection(this.list);
  readonly customers = new Customers(this.navigation);
  readonly day = new Day(this.navigation, this.session, this.clock);
  readonly search = new Search(this.navigation, this.filters);
  readonly statistics = new Statistics(this.navigation, this.session);
  readonly thread = new Thread();
  readonly mails = new Mails();
  readonly notes = new NotesOfGuests();
  readonly composer = new Composer();
  readonly lock = new Lock(this.session, this.settings, this.composer);
  readonly leftBehind = new LeftBehind(this.composer);
  readonly toasts = new Toasts();
  readonly announcer = new Announcer();
  readonly used = new UsedActions();

  /** Starts listening and asks for everything; the answer ends it. Call inside an effect root. */
  start(): () => void {
    this.settings.apply();
    this.search.follow();
    this.thread.follow(this.navigation);
    this.composer.follow(this.navigation);
    const lists = [this.views, this.counts, this.list, this.customers, this.search, this.statistics];
    this.day.listen(this.events);
    for (const room of [this.session, ...lists, this.thread, this.leftBehind]) room.listen(this.events);
    this.events.on("rang", (event) => this.announcer.ring(event));
    this.events.on("open", (event) => {
      this.navigation.overlay = null;
      this.navigation.show(event.conversation);
    });
    $effect(() => this.navigation.keepTo(this.session));
    $effect(() => {
      const { phase } = this.session.phase;
      if (phase === "locked") this.#hide();
      if (phase === "locked" || phase === "signed_out") this.statistics.forget();
    });
    $effect(() => {
      if (this.session.phase.phase !== "ready") this.day.forget();
    });
    $effect(() => {
      if (this.thread.gone) void this.list.renew();
    });
    const stopPreparing = this.#prepareWhatIsOnScreen();
    const unsubscribe = subscribe((batch) => this.events.deliver(batch));
    const stopClock = this.clock.start();
    void this.session.refresh().then(() => trigger("ready"));
    return () => {
      unsubscribe();
      stopClock();
      stopPreparing();
    };
  }

  /** Nothing that lies over the page stays there while it is locked. */
  #hide(): void {
    this.navigation.overlay = null;
    this.lock.choosing = null;
    this.toasts.clear();
  }

  /** Not begun anew with each change of the list, or a busy list would never come to it. */
  #prepareWhatIsOnScreen(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    $effect(() => {
      if (this.list.visible.length === 0) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void this.thread.prepare(this.list.visible);
      }, PREPARE_AFTER_MS);
    });
    return () => clearTimeout(timer);
  }
}

/** `getApp()` inside any component; `setApp(app)` once, in App.svelte. */
export const [getApp, setApp] = createContext<App>();
