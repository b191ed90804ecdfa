// Notes about guests as the panel shows them, and the words that are being written there. Words outlive what they stand
// in: the panel, the number a note gets once it was sent, the note itself.

import { noteKey, noteLines, noteOf, type EditedNote, type NoteLine } from "$lib/domain/contact-notes";
import type { ContactNotesView, ContactNoteView, ContactRef } from "$lib/rpc/generated/schema";

/** Words of a note that are being changed. */
export class NoteEdit implements EditedNote {
  readonly key: string;
  readonly item: number | null;
  readonly was: string;
  note = $state<number | null>(null);
  text = $state("");

  constructor(
    of: ContactNoteView,
    readonly known: ReadonlySet<number>,
  ) {
    this.key = `edit of ${noteKey(of)}`;
    this.item = of.pending?.item ?? null;
    this.was = of.text;
    this.note = of.id;
    this.text = of.text;
  }
}

/** The notes about one guest. */
export class GuestNotes {
  /** As the core told them last. */
  told = $state.raw<ContactNotesView | null>(null);
  /** The box of a new note is open. */
  writing = $state(false);
  /** Of the new note; it stays when the box is closed. */
  text = $state("");
  edits = $state.raw<readonly NoteEdit[]>([]);

  /** Read anew each time: what is derived here would end with the panel that asked first. */
  get lines(): NoteLine<NoteEdit>[] {
    return noteLines(this.told?.notes ?? [], this.edits);
  }

  /** An answer of the core. An edit stays with its note, though that may have got its number meanwhile. */
  take(told: ContactNotesView): void {
    for (const edit of this.edits) edit.note ??= noteOf(edit, told.notes)?.id ?? null;
    this.told = told;
  }

  /** Begins to change the words of a note. */
  edit(note: ContactNoteView): NoteEdit {
    const numbers = (this.told?.notes ?? []).flatMap(({ id }) => (id === null ? [] : [id]));
    const edit = new NoteEdit(note, new Set(numbers));
    this.edits = [...this.edits, edit];
    return edit;
  }

  end(edit: NoteEdit): void {
    this.edits = this.edits.filter((one) => one !== edit);
  }

  /** Nothing is being written. */
  get idle(): boolean {
    return this.text.trim() === "" && this.edits.length === 0;
  }
}

export class NotesOfGuests {
  #of = new Map<string, GuestNotes>();

  /** Those about one guest. Of the others only what somebody is writing is kept. */
  of({ account, id }: ContactRef): GuestNotes {
    const key = `${account}:${id}`;
    for (const [other, notes] of this.#of) if (other !== key && notes.idle) this.#of.delete(other);
    const notes = this.#of.get(key) ?? new GuestNotes();
    this.#of.set(key, notes);
    return notes;
  }
}
