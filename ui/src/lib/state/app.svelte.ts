// All rooms of the screen's state, made once and reached through the context.

import { subscribe, trigger } from "$lib/rpc";
import { createContext } from "svelte";
import { Announcer } from "./announcer.svelte";
import { Clock } from "./clock.svelte";
import { Connection } from "./connection.svelte";
import { Counts } from "./counts.svelte";
import { Events } from "./events";
import { List } from "./list.svelte";
import { Navigation } from "./navigation.svelte";
import { Session } from "./session.svelte";
import { Settings } from "./settings.svelte";
import { Toasts } from "./toasts.svelte";

export class App {
  readonly events = new Events();
  readonly clock = new Clock();
  readonly session = new Session();
  readonly connection = new Connection(this.session);
  readonly settings = new Settings(this.session);
  readonly navigation = new Navigation();
  readonly counts = new Counts(this.navigation);
  readonly list = new List(this.navigation);
  readonly toasts = new Toasts();
  readonly announcer = new Announcer();

  /** Starts listening and asks for everything; the answer ends it. Call inside an effect root. */
  start(): () => void {
    this.settings.apply();
    for (const room of [this.session, this.counts, this.list]) room.listen(this.events);
    this.events.on("rang", (event) => this.announcer.ring(event));
    this.events.on("open", (event) => this.navigation.show(event.conversation));
    const unsubscribe = subscribe((batch) => this.events.deliver(batch));
    const stopClock = this.clock.start();
    void this.session.refresh().then(() => trigger("ready"));
    return () => {
      unsubscribe();
      stopClock();
    };
  }
}

/** `getApp()` inside any component; `setApp(app)` once, in App.svelte. */
export const [getApp, setApp] = createContext<App>();
