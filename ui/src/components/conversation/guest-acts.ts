// What is changed about a customer. Shown at once, because the core lays it over what it shows; only what was refused or
// failed needs telling.

import { m } from "$lib/paraglide/messages";
import { mutate } from "$lib/rpc";
import type { ActOutcome, ContactEdit, ContactRef, ItemOutcome } from "$lib/rpc/generated/schema";
import type { App } from "$lib/state/app.svelte";
import { refusalWords } from "./words";

export class GuestActs {
  #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** Only the fields that are not `null` change. */
  edit(contact: ContactRef, edit: Partial<ContactEdit>): Promise<boolean> {
    const untouched: ContactEdit = { name: null, email: null, phone_number: null, attributes: { set: {}, remove: [] } };
    return this.#done(mutate("edit_contact", { contact, edit: { ...untouched, ...edit } }));
  }

  /** A new lead is warm until somebody knows better. */
  markLead(contact: ContactRef, lead: boolean): Promise<boolean> {
    const set = lead ? { lead: true, lead_temperature: "warm" } : { lead: false };
    return this.edit(contact, { attributes: { set, remove: lead ? [] : ["lead_temperature"] } });
  }

  addNote(contact: ContactRef, text: string): Promise<boolean> {
    return this.#done(mutate("add_contact_note", { contact, text }));
  }

  /** @param was what it said when the person began to change it */
  editNote(contact: ContactRef, note: number, text: string, was: string): Promise<boolean> {
    return this.#done(mutate("edit_contact_note", { contact, note, text, was }));
  }

  /** Theirs is kept: what was written here goes. */
  discard(item: number): Promise<boolean> {
    return this.#item(mutate("discard_item", { item }));
  }

  retry(item: number): Promise<boolean> {
    return this.#item(mutate("retry_item", { item }));
  }

  /** Words for a note that is not on the server yet. */
  editUnsent(item: number, text: string): Promise<boolean> {
    return this.#item(mutate("edit_item", { item, text }));
  }

  deleteNote(contact: ContactRef, note: number): Promise<boolean> {
    return this.#done(mutate("delete_contact_note", { contact, note }));
  }

  /** @returns whether it is taken; what went wrong has been said. */
  async #done(asked: Promise<ActOutcome>): Promise<boolean> {
    const outcome = await asked.catch(() => null);
    if (outcome?.outcome === "done") return true;
    return this.#failed(outcome === null ? m.thread_act_failed() : refusalWords(outcome.reason));
  }

  async #item(asked: Promise<ItemOutcome>): Promise<boolean> {
    const outcome = await asked.catch(() => null);
    if (outcome?.outcome === "done") return true;
    return this.#failed(outcome === null ? m.thread_act_failed() : m.details_note_too_late());
  }

  #failed(words: string): false {
    this.#app.toasts.show(words);
    this.#app.announcer.alarm(words);
    return false;
  }
}
