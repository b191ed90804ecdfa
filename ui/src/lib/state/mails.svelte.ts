// Designed mails somebody opened. What was asked for one mail holds for that mail, while the program runs: the next one
// of the same sender asks again.

import { mutate, query } from "$lib/rpc";
import type { MailRequest, MailView } from "$lib/rpc/generated/schema";
import { refKey } from "$lib/domain/refs";
import { SvelteMap } from "svelte/reactivity";

/** Mails with their pictures are large: the one opened longest ago goes first. */
const KEPT = 8;

export interface OpenMail {
  view: MailView;
  /** Its pictures were asked for. */
  asked: boolean;
}

export class Mails {
  #open = new SvelteMap<string, OpenMail>();

  /** The mail, if it was opened. Reactive. */
  of(request: MailRequest): OpenMail | undefined {
    return this.#open.get(keyOf(request));
  }

  /** Opens it without what lies elsewhere. @returns whether it is there. */
  async open(request: MailRequest): Promise<boolean> {
    if (this.of(request) !== undefined) return true;
    return this.#keep(request, await query("mail", request).catch(() => null), false);
  }

  /** Has its pictures fetched, which its sender may notice. @returns whether that worked. */
  async showPictures(request: MailRequest): Promise<boolean> {
    return this.#keep(request, await mutate("show_pictures", request).catch(() => null), true);
  }

  #keep(request: MailRequest, view: MailView | null, asked: boolean): boolean {
    if (view === null) return false;
    const key = keyOf(request);
    this.#open.delete(key);
    this.#open.set(key, { view, asked });
    for (const oldest of [...this.#open.keys()].slice(0, -KEPT)) this.#open.delete(oldest);
    return true;
  }
}

const keyOf = ({ conversation, message }: MailRequest): string => `${refKey(conversation)}/${message}`;
