import type { ContactNoteView } from "$lib/rpc/generated/schema";
import { GuestNotes, NotesOfGuests } from "$lib/state/guest-notes.svelte";
import { expect, test } from "vitest";

const sent = (id: number, text: string, is_mine = true): ContactNoteView => ({
  id,
  text,
  author: null,
  is_mine,
  created_at: 1,
  edited_at: null,
  pending: null,
  mine: null,
});
const unsent = (item: number, text: string): ContactNoteView => ({
  ...sent(0, text),
  id: null,
  pending: { item, change: "contact_note", state: { state: "queued" }, refusal: null },
});
const told = (...notes: ContactNoteView[]) => ({ notes, is_current: true });

function changing(words: string, note: ContactNoteView, ...others: ContactNoteView[]) {
  const notes = new GuestNotes();
  notes.take(told(note, ...others));
  const edit = notes.edit(note);
  edit.text = words;
  return { notes, edit, key: edit.key };
}

test("words of a note that is sent meanwhile stay in their box and belong to it then", () => {
  const older = sent(4, "Allergic to nuts");
  const { notes, edit, key } = changing("Allergic to all nuts", unsent(9, "Allergic to nuts"), older);
  const theirs = sent(5, "Allergic to nuts", false);
  const mine = sent(6, "Allergic to nuts");
  notes.take(told(mine, theirs, older));
  expect(notes.lines[0]).toEqual({ key, note: mine, edit });
  expect(notes.lines.map(({ edit }) => edit)).toEqual([edit, null, null]);
  // It is that note from now on, whatever is written there.
  const changed = { ...mine, text: "Allergic to milk" };
  notes.take(told(changed, theirs, older));
  expect(notes.lines[0]).toEqual({ key, note: changed, edit });
  expect(edit.text).toBe("Allergic to all nuts");
});

test("between leaving and coming back as a note of the server the box keeps its place", () => {
  const { notes, edit, key } = changing("Two cots", unsent(9, "A cot"));
  notes.take(told());
  expect(notes.lines).toEqual([{ key, note: null, edit }]);
  const mine = sent(6, "A cot");
  notes.take(told(mine));
  expect(notes.lines).toEqual([{ key, note: mine, edit }]);
});

test("words of a note that somebody took away stay, and end with their box", () => {
  const { notes, edit } = changing("Two cots", sent(6, "A cot"), sent(4, "Vegan"));
  notes.take(told(sent(4, "Vegan")));
  expect(notes.lines.map(({ note, edit }) => [note?.text, edit?.text])).toEqual([
    [undefined, "Two cots"],
    ["Vegan", undefined],
  ]);
  notes.end(edit);
  expect(notes.lines.map(({ note }) => note?.text)).toEqual(["Vegan"]);
});

test("each guest has words of their own, kept while somebody looks at another", () => {
  const guests = new NotesOfGuests();
  const [wanda, olga] = [
    { account: 1, id: 1 },
    { account: 1, id: 2 },
  ];
  guests.of(wanda).text = "Late arrival";
  expect(guests.of(olga).text).toBe("");
  expect(guests.of(wanda).text).toBe("Late arrival");
  guests.of(wanda).text = "";
  guests.of(olga).writing = true;
  expect(guests.of(wanda).text).toBe("");
  expect(guests.of(olga).writing).toBe(false);
});
