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
