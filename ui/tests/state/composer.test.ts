import type { ConversationRef, SendOutcome } from "$lib/rpc/generated/schema";
import { Composer } from "$lib/state/composer.svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { answerWith, deferred, flush } from "./host";

vi.mock("$lib/platform", async () => (await import("./host")).hostModule);

const one: ConversationRef = { account: 1, id: 1 };
const two: ConversationRef = { account: 1, id: 2 };
const queued: SendOutcome = { outcome: "queued", item: 1, took_over: false };

describe("Composer", () => {
  let composer: Composer;
  let asked: [name: string, request: unknown][];
  let outcome: () => unknown;
  const calls = (name: string) => asked.filter(([call]) => call === name).map(([, request]) => request);

  beforeEach(() => {
    vi.useFakeTimers();
    asked = [];
    outcome = () => queued;
    answerWith((name, request) => {
      asked.push([name, request]);
      return name === "send" ? outcome() : null;
    });
    composer = new Composer();
    composer.open(one);
  });
  afterEach(() => vi.useRealTimers());

  it("keeps what is typed as a draft: after a pause, and at once on leaving", async () => {
    composer.typed("He");
    composer.typed("Hello");
    expect(calls("save_draft")).toEqual([]);
    await vi.advanceTimersByTimeAsync(400);
    expect(calls("save_draft")).toEqual([{ conversation: one, text: "Hello", private: false }]);
    composer.typed("Hello there");
    composer.open(two);
    expect(calls("save_draft").at(-1)).toEqual({ conversation: one, text: "Hello there", private: false });
    expect(composer.text).toBe("");
    composer.open(one);
    expect(composer.text).toBe("Hello there");
  });

  it("clears the box only when the core has the text", async () => {
    const answer = deferred<SendOutcome>();
    outcome = () => answer.promise;
    composer.typed("Hello");
    const sending = composer.send();
    expect(composer.text).toBe("Hello");
    composer.typed("Hello and more");
    answer.resolve(queued);
    await sending;
    expect(composer.text).toBe("and more");
  });

  it("keeps the text when it fails, is refused, or must be asked first", async () => {
    composer.typed("Hello");
    outcome = () => Promise.reject({ code: "disk", message: "", retryable: true });
    await composer.send();
    expect([composer.text, composer.problem]).toEqual(["Hello", { kind: "failed" }]);
    outcome = () => ({ outcome: "refused", reason: "too_long" });
    await composer.send();
    expect([composer.text, composer.problem]).toEqual(["Hello", { kind: "refused", reason: "too_long" }]);
    outcome = () => ({ outcome: "ask", question: "opted_out", name: null, seconds_ago: null });
    await composer.send();
    expect([composer.text, composer.question?.question]).toEqual(["Hello", "opted_out"]);
  });

  it("answers each question once, and forgets the answers when the text changes", async () => {
    const questions = ["taken_by_colleague", "opted_out"] as const;
    outcome = () => {
      const { confirmed } = calls("send").at(-1) as { confirmed: string[] };
      const question = questions.find((one) => !confirmed.includes(one));
      return question ? { outcome: "ask", question, name: null, seconds_ago: null } : queued;
    };
    composer.typed("Hello");
    await composer.send();
    await composer.sendAnyway();
    await composer.sendAnyway();
    expect(calls("send").at(-1)).toMatchObject({ confirmed: ["taken_by_colleague", "opted_out"] });
    expect(composer.text).toBe("");
    composer.typed("Again");
    await composer.send();
    expect(calls("send").at(-1)).toMatchObject({ confirmed: [] });
  });

  it("does not send twice, nor an empty text, nor one with an unfilled variable", async () => {
    composer.typed("Hello");
    await Promise.all([composer.send(), composer.send()]);
    await composer.send();
    composer.typed("Your room is {{ room }}");
    await composer.send();
    expect(calls("send")).toHaveLength(1);
  });

  it("tells the guest that a reply is being written, and takes it back", async () => {
    composer.typed("H");
    composer.typed("He");
    await flush();
    expect(calls("typing")).toEqual([{ conversation: one, on: true }]);
    await vi.advanceTimersByTimeAsync(4000);
    expect(calls("typing").at(-1)).toEqual({ conversation: one, on: false });
    composer.choose("note");
    composer.typed("Only for us");
    await flush();
    expect(calls("typing")).toHaveLength(2);
  });

  it("brings back the kept draft, and starts as a note where a colleague answers", () => {
    composer.suggest(one, { text: "Kept", private: true, saved_at: 5 }, false);
    expect([composer.text, composer.mode, composer.savedAt]).toEqual(["Kept", "note", 5]);
    composer.open(two);
    composer.suggest(two, null, true);
    expect(composer.mode).toBe("note");
    composer.suggest(two, null, false);
    expect(composer.mode).toBe("reply");
  });
});
