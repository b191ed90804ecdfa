import { undone, undoneTitle, undoneWords } from "$components/thread/undone";
import type { ConversationView, OutboxState, PendingChange, PendingKind } from "$lib/rpc/generated/schema";
import { describe, expect, it } from "vitest";

const change = (kind: PendingKind, state: OutboxState, refusal: string | null = null): PendingChange => ({
  item: 1,
  change: kind,
  state,
  refusal,
});
const stuck = (reason: "not_allowed" | "refused"): OutboxState => ({ state: "stuck", reason });
const view = (pending: PendingChange[], ofGuest: PendingChange[] = []) =>
  ({ pending, contact: { pending: ofGuest } }) as unknown as ConversationView;

describe("changes that were refused", () => {
  it("are those somebody has to decide about, and notes say it themselves", () => {
    const waits = change("assign", { state: "queued" });
    const refused = change("assign", stuck("not_allowed"));
    const name = change("contact", stuck("refused"));
    const note = change("contact_note", stuck("refused"));
    expect(undone(view([waits, refused], [name, note]))).toEqual([refused, name]);
  });

  it("say what happened, what is safe and what to do", () => {
    const refused = change("assign", stuck("not_allowed"));
    expect(undoneTitle(refused)).toBe("Not done: Assign");
    expect(undoneWords(refused)).toBe(
      "Your role may not do this here. Nothing else changed. Ask an administrator, or dismiss it.",
    );
    expect(undoneWords(change("contact", stuck("refused"), "Email is taken"))).toBe(
      "The server did not accept it. Nothing else changed. Email is taken",
    );
    expect(undoneWords(change("labels", { state: "held", reason: "changed_by_colleague" }))).toContain("meanwhile");
  });
});
