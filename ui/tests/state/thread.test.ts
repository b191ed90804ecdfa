import type { ConversationRef, MessageView, TimelineRequest, TimelineView } from "$lib/rpc/generated/schema";
import { Events } from "$lib/state/events";
import { Thread } from "$lib/state/thread.svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { answerWith, deferred, flush } from "./host";

vi.mock("$lib/platform", async () => (await import("./host")).hostModule);

const one: ConversationRef = { account: 1, id: 1 };
const two: ConversationRef = { account: 1, id: 2 };

const message = (id: number): MessageView => ({
  ...{ id, created_at: id, author: "guest", name: "Priya", text: `${id}`, html: "", private: false, delivery: "sent" },
  ...{ error: null, tools: [], attachments: [], deleted: false, late: false, client_ref: null, in_reply_to: null },
  ...{ cards: [], via: null, has_mail: false },
});
const stretch = (ids: number[], change: Partial<TimelineView> = {}): TimelineView => ({
  ...{
    messages: ids.map(message),
    pending: [],
    has_older: false,
    has_newer: false,
    older_on_server: false,
    first_unread: null,
  },
  ...change,
});
const ids = (thread: Thread) => thread.messages.map((shown) => shown.id);

describe("Thread", () => {
  let thread: Thread;
  let events: Events;
  beforeEach(() => {
    thread = new Thread();
    events = new Events();
    thread.listen(events);
  });

  it("shows the conversation chosen last, however late the first one answers", async () => {
    const late = deferred<TimelineView>();
    answerWith((name, request) => {
      if (name !== "timeline") return { conversation: request, who: { kind: "ai" } };
      return (request as { conversation: ConversationRef }).conversation.id === 1 ? late.promise : stretch([20]);
    });
    thread.open(one);
    thread.open(two);
    await flush();
    expect(ids(thread)).toEqual([20]);
    late.resolve(stretch([10]));
    await flush();
    expect(ids(thread)).toEqual([20]);
    expect(thread.conversation?.conversation).toEqual(two);
  });

  it("has what is on screen ready before it is chosen, and asks for it again when something changed", async () => {
    const asked: number[] = [];
    let newest = [1];
    answerWith((name, request) => {
      if (name !== "timeline") return { conversation: request, who: { kind: "ai" } };
      asked.push((request as { conversation: ConversationRef }).conversation.id);
      return stretch(newest, { first_unread: 1 });
    });
    await thread.prepare([one, two]);
    await thread.prepare([one, two]);
    expect(asked).toEqual([1, 2]);
    newest = [1, 2];
    events.deliver({ events: [{ event: "thread", conversation: two }] });
    await thread.prepare([one, two]);
    expect(asked).toEqual([1, 2, 2]);
    thread.open(two);
    expect([ids(thread), thread.loaded, thread.firstUnread]).toEqual([[1, 2], true, 1]);
  });

  it("tells that a person looks only when the mark of the unread is here, which stays", async () => {
    const asked: string[] = [];
    answerWith((name) => {
      asked.push(name);
      // From the moment somebody looks nothing is unread.
      const first_unread = asked.includes("opened") ? null : 1;
      return name === "timeline" ? stretch([1], { first_unread }) : { conversation: one, who: { kind: "ai" } };
    });
    thread.open(one);
    await flush();
    expect([asked.slice(0, 3), thread.firstUnread]).toEqual([["conversation", "timeline", "opened"], 1]);
    events.deliver({ events: [{ event: "thread", conversation: one }] });
    await flush();
    expect(thread.firstUnread).toBe(1);
    expect(asked.filter((name) => name === "opened")).toHaveLength(1);
  });

  it("marks all that was unread, though the newest of it was here first", async () => {
    let [newest, unread] = [[9], 3];
    answerWith((name, request) => {
      if (name === "opened") unread = 0;
      if (name !== "timeline") return { conversation: one, who: { kind: "ai" }, unread };
      const { part } = (request as TimelineRequest).part;
      if (part === "around") return stretch([2, 3], { has_older: true, has_newer: true });
      if (part === "before") return stretch([1]);
      return stretch(newest, { first_unread: unread === 0 ? null : 9 });
    });
    thread.open(one);
    await flush();
    expect(thread.firstUnread).toBe(9);
    newest = [5, 6, 7, 8, 9];
    events.deliver({ events: [{ event: "thread", conversation: one }] });
    await flush();
    expect(thread.firstUnread).toBe(7);
    // A stretch further back was read.
    await thread.reach(2);
    await thread.loadOlder();
    expect([ids(thread), thread.firstUnread]).toEqual([[1, 2, 3], 7]);
    await thread.toNewest();
    // What comes under the person's eyes was never unread.
    newest = [5, 6, 7, 8, 9, 10];
    events.deliver({ events: [{ event: "thread", conversation: one }] });
    await flush();
    expect(thread.firstUnread).toBe(7);
  });

  it("shows one that was open before at once, and asks again when it was painted", async () => {
    let newest = [1];
    answerWith((name) => (name === "timeline" ? stretch(newest) : { conversation: one, who: { kind: "ai" } }));
    thread.open(one);
    await flush();
    thread.open(two);
    await flush();
    newest = [1, 2];
    thread.open(one);
    expect(ids(thread)).toEqual([1]);
    expect(thread.loaded).toBe(true);
    await flush();
    expect(ids(thread), "the first frame waits for no answer").toEqual([1]);
    await vi.waitFor(() => expect(ids(thread)).toEqual([1, 2]));
  });

  it("keeps what it shows where an answer says the same, and tells that something happened all the same", async () => {
    answerWith((name) => (name === "timeline" ? stretch([1, 2]) : { conversation: one, who: { kind: "ai" } }));
    await thread.prepare([one]);
    thread.open(one);
    const { messages, conversation, news } = thread;
    await flush();
    expect(thread.messages).toBe(messages);
    expect(thread.conversation).toBe(conversation);
    expect(thread.news).toBe(news);
    // A note about the guest is not in any of these answers, and is asked for because of this.
    events.deliver({ events: [{ event: "conversations", conversations: [one] }] });
    await flush();
    expect(thread.conversation).toBe(conversation);
    expect(thread.news).toBe(news + 1);
    // Nobody knows what was missed: what is asked for besides is asked for anew as well.
    events.deliver({ events: [{ event: "reload" }] });
    await flush();
    expect(thread.news).toBe(news + 2);
  });

  it("counts what comes while somebody reads further up, and keeps the unread mark", async () => {
    let answer = stretch([1, 2], { first_unread: 2 });
    answerWith((name) => (name === "timeline" ? answer : { conversation: one, who: { kind: "ai" } }));
    thread.open(one);
    await flush();
    thread.atEnd = false;
    answer = stretch([1, 2, 3, 4]);
    events.deliver({ events: [{ event: "thread", conversation: one }] });
    await flush();
    expect(thread.newBelow).toBe(2);
    expect(thread.firstUnread).toBe(2);
  });

  it("reads back on this computer first, then on the server, and says when it cannot", async () => {
    const asked: string[] = [];
    answerWith((name, request) => {
      asked.push(name);
      if (name === "load_older") return { outcome: "offline" };
      if (name !== "timeline") return { conversation: one, who: { kind: "ai" } };
      const { part } = request as TimelineRequest;
      if (part.part !== "before") return stretch([3, 4], { has_older: true });
      return part.message === 3 ? stretch([1, 2], { older_on_server: true }) : stretch([], { older_on_server: true });
    });
    thread.open(one);
    await flush();
    await thread.loadOlder();
    expect(ids(thread)).toEqual([1, 2, 3, 4]);
    expect(asked).not.toContain("load_older");
    await thread.loadOlder();
    expect(asked).toContain("load_older");
    expect(thread.older).toBe("offline");
    expect(ids(thread)).toEqual([1, 2, 3, 4]);
  });

  it("says that it could not be loaded, and recovers", async () => {
    answerWith(() => Promise.reject({ code: "failed", message: "", retryable: true }));
    thread.open(one);
    await flush();
    expect(thread.failed).toBe(true);
    answerWith((name) => (name === "timeline" ? stretch([1]) : { conversation: one, who: { kind: "ai" } }));
    await thread.refresh();
    expect(thread.failed).toBe(false);
    expect(ids(thread)).toEqual([1]);
  });

  it("opens around a message far back, reads on from there, and comes back to the end", async () => {
    let newest = [98, 99, 100];
    answerWith((name, request) => {
      if (name !== "timeline") return { conversation: one, who: { kind: "ai" } };
      const { part } = request as TimelineRequest;
      if (part.part === "around") return stretch([9, 10, 11], { has_older: true, has_newer: true });
      if (part.part === "after") return stretch([12, 13], { has_older: true });
      return stretch(newest, { has_older: true });
    });
    thread.open(one);
    await flush();
    await thread.reach(10);
    expect([ids(thread), thread.newer, thread.older]).toEqual([[9, 10, 11], "more", "more"]);
    newest = [99, 100, 101];
    events.deliver({ events: [{ event: "thread", conversation: one }] });
    await flush();
    expect([ids(thread), thread.newBelow]).toEqual([[9, 10, 11], 1]);
    await thread.loadNewer();
    expect([ids(thread), thread.newer]).toEqual([[9, 10, 11, 12, 13], "at_end"]);
    await thread.reach(10);
    expect(ids(thread)).toEqual([9, 10, 11, 12, 13]);
  });

  it("leaves what is far back for the end, and never keeps it as the newest", async () => {
    answerWith((name, request) => {
      if (name !== "timeline") return { conversation: one, who: { kind: "ai" } };
      const { part } = request as TimelineRequest;
      return part.part === "around" ? stretch([9, 10], { has_newer: true }) : stretch([99, 100]);
    });
    thread.open(one);
    await flush();
    await thread.reach(10);
    await thread.toNewest();
    expect([ids(thread), thread.newer]).toEqual([[99, 100], "at_end"]);
    await thread.reach(10);
    thread.open(two);
    thread.open(one);
    expect(ids(thread)).not.toContain(10);
  });

  it("keeps a stretch of a long thread that is read back, and comes forward again without a gap", async () => {
    answerWith((name, request) => {
      if (name !== "timeline") return { conversation: one, who: { kind: "ai" } };
      const { part, limit } = request as TimelineRequest;
      if (part.part === "newest") return stretch(upTo(1000, limit), { has_older: true });
      if (part.part === "before") return stretch(upTo(part.message - 1, limit), { has_older: true });
      if (part.part === "after")
        return stretch(upTo(part.message + limit, limit), { has_older: true, has_newer: true });
      throw new Error("nobody asked for this");
    });
    thread.open(one);
    await flush();
    for (let times = 0; times < 15; times++) await thread.loadOlder();
    expect(thread.messages.length).toBeLessThanOrEqual(300);
    expect([ids(thread)[0], thread.newer]).toEqual([201, "more"]);
    for (let times = 0; times < 15; times++) await thread.loadNewer();
    expect(thread.messages.length).toBeLessThanOrEqual(300);
    expect(thread.older).toBe("more");
    const shown = ids(thread);
    expect(shown).toEqual(upTo(shown.at(-1) ?? 0, shown.length));
  });

  it("leaves nothing of a conversation one may no longer see, and shows it whole when it comes back", async () => {
    let mayLook = true;
    answerWith((name) => {
      if (!mayLook) throw { code: "gone", message: "", retryable: false };
      return name === "timeline" ? stretch([1, 2]) : { conversation: one, who: { kind: "ai" } };
    });
    thread.open(one);
    await flush();
    mayLook = false;
    events.deliver({ events: [{ event: "conversations", conversations: [one] }] });
    await flush();
    expect([thread.gone, thread.failed, thread.conversation, ids(thread)]).toEqual([true, false, null, []]);
    mayLook = true;
    events.deliver({ events: [{ event: "conversations", conversations: [one] }] });
    await flush();
    expect([thread.gone, ids(thread)]).toEqual([false, [1, 2]]);
    mayLook = false;
    thread.open(two);
    await flush();
    expect(thread.gone).toBe(true);
    thread.open(null);
    expect(thread.gone).toBe(false);
  });
});

/** The `count` ids that end with `last`. */
const upTo = (last: number, count: number) => Array.from({ length: count }, (_, at) => last - count + 1 + at);
