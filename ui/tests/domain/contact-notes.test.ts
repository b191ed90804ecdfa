import { noteState } from "$lib/domain/contact-notes";
import type { OutboxState, PendingKind } from "$lib/rpc/generated/schema";
import { expect, test } from "vitest";

const note = (change: PendingKind, state: OutboxState, id: number | null = 1) => ({
  id,
  pending: { item: 7, change, state, refusal: null },
});

test("a note says what stands in the way of its last change", () => {
  expect(noteState({ id: 1, pending: null }, false)).toBeNull();
  expect(noteState(note("contact_note", { state: "queued" }, null), false)).toBe("on_its_way");
  expect(noteState(note("contact_note", { state: "queued" }, null), true)).toBe("waits");
  const held = note("edit_contact_note", { state: "held", reason: "changed_by_colleague" });
  expect(noteState(held, false)).toBe("changed");
  const missing: OutboxState = { state: "stuck", reason: "missing" };
  expect(noteState(note("edit_contact_note", missing, null), false)).toBe("gone");
  expect(noteState(note("edit_contact_note", missing), false)).toBe("not_saved");
  expect(noteState(note("delete_contact_note", { state: "stuck", reason: "not_allowed" }), false)).toBe("not_deleted");
});
