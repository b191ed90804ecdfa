// What there is to say about a note beyond its words.

import type { ContactNoteView } from "$lib/rpc/generated/schema";

/** `changed`: somebody else changed it meanwhile. `gone`: somebody took it away meanwhile. */
export type NoteState = "on_its_way" | "waits" | "changed" | "gone" | "not_saved" | "not_deleted";

/** `null` = it is as the server has it. */
export function noteState(note: Pick<ContactNoteView, "id" | "pending">, offline: boolean): NoteState | null {
  const { pending } = note;
  if (pending === null) return null;
  switch (pending.state.state) {
    case "sent":
      return null;
    case "held":
      return "changed";
    case "stuck":
    case "unsure":
      if (pending.state.state === "unsure") return "on_its_way";
      if (pending.change === "delete_contact_note") return "not_deleted";
      return pending.change === "edit_contact_note" && note.id === null ? "gone" : "not_saved";
    default:
      return offline ? "waits" : "on_its_way";
  }
}

/** Whose words are being changed. */
export interface EditedNote {
  /** Its number on the server; `null` = it had not been sent when the person began. */
  note: number | null;
  /** What was going to send it then. */
  readonly item: number | null;
  /** What it said then. */
  readonly was: string;
  /** The notes the server had then. */
  readonly known: ReadonlySet<number>;
}

/**
 * The note an edit is of now; `null` = it is gone. One that was sent meanwhile is told by its author and its words: notes
 * carry no key of ours.
 */
export function noteOf(edit: EditedNote, notes: readonly ContactNoteView[]): ContactNoteView | null {
  const { note, item, was, known } = edit;
  if (note !== null) return notes.find(({ id }) => id === note) ?? null;
  const unsent = notes.find(({ id, pending }) => id === null && pending?.item === item);
  const isIt = ({ id, is_mine, text }: ContactNoteView) => id !== null && !known.has(id) && is_mine && text === was;
  return unsent ?? notes.find(isIt) ?? null;
}

/** One line of the list: a note, a note whose words are being changed, or such words without their note. */
export interface NoteLine<Edit extends EditedNote> {
  /** Stays for as long as words are being changed, so that nobody loses the place they write at. */
  key: string;
  note: ContactNoteView | null;
  edit: Edit | null;
}

/** All lines in their order; words whose note is gone stand first. */
export function noteLines<Edit extends EditedNote>(
  notes: readonly ContactNoteView[],
  edits: readonly (Edit & { readonly key: string })[],
): NoteLine<Edit>[] {
  const found = edits.map((edit) => ({ edit, note: noteOf(edit, notes) }));
  const gone = found.filter(({ note }) => note === null).map(({ edit }) => ({ key: edit.key, note: null, edit }));
  const lines = notes.map((note) => {
    const edit = found.find((one) => one.note === note)?.edit ?? null;
    return { key: edit?.key ?? noteKey(note), note, edit };
  });
  return [...gone, ...lines];
}

/** Names a note in a list: its number, or what is going to send it. */
export const noteKey = ({ id, pending }: Pick<ContactNoteView, "id" | "pending">): string =>
  id === null ? `item ${pending?.item ?? ""}` : `note ${id}`;
