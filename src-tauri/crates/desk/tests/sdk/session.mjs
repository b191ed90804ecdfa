// A receptionist's round with a client that others wrote for Chatwoot. Reads {url, token, account} from its input,
// asserts every answer, and says at the end what it did, so that the desk's own state can be compared.

import assert from "node:assert/strict";
import sdk from "@figuro/chatwoot-sdk";

const ChatwootClient = sdk.default;

async function input() {
  let text = "";
  for await (const part of process.stdin) text += part;
  return JSON.parse(text);
}

const { url, token, account: accountId, wrong } = await input();
const client = (token) =>
  new ChatwootClient({
    config: { basePath: url, with_credentials: true, credentials: "include", token },
  });
const desk = client(token);

async function signIn() {
  const refused = await client(wrong).profile.profile().then(
    () => undefined,
    (error) => error.status,
  );
  assert.equal(refused, 401, "a wrong token opens nothing");
  const me = await desk.profile.profile();
  assert.ok(me.accounts.some((account) => account.id === accountId));
  return me;
}

async function lists() {
  const agents = await desk.agents.list({ accountId });
  assert.ok(agents.length >= 2 && agents.every((agent) => agent.account_id === accountId));
  const inboxes = (await desk.inboxes.list({ accountId })).payload;
  assert.ok(inboxes.length >= 1);
  const inbox = await desk.inboxes.get({ accountId, id: inboxes[0].id });
  assert.equal(inbox.name, inboxes[0].name);
  const teams = await desk.teams.list({ accountId });
  assert.ok(Array.isArray(teams));
  const contacts = await desk.contacts.list({ accountId, sort: "name" });
  assert.ok(contacts.payload.length > 0 && contacts.meta.count >= contacts.payload.length);
  const { meta } = await desk.conversations.getMeta({ accountId, status: "open" });
  const { data } = await desk.conversations.list({ accountId, assigneeType: "all", status: "open", page: 1 });
  assert.equal(data.meta.all_count, meta.all_count);
  assert.ok(data.payload.length > 0 && data.payload.every((one) => one.status === "open"));
  return { agents, conversation: data.payload[0] };
}

async function filtered(conversationId) {
  const payload = [
    { attribute_key: "display_id", filter_operator: "equal_to", values: [String(conversationId)], query_operator: null },
  ];
  const found = await desk.conversations.filter({ accountId, payload });
  assert.deepEqual(found.payload.map((one) => one.id), [conversationId]);
}

async function readAndSend(conversationId) {
  const shown = await desk.conversations.get({ accountId, conversationId });
  assert.equal(shown.id, conversationId);
  const before = (await desk.messages.list({ accountId, conversationId })).payload;
  assert.ok(before.length > 0);
  const content = "The room is ready from three o'clock.";
  const sent = await desk.messages.create({ accountId, conversationId, data: { content } });
  assert.equal(sent.content, content);
  assert.equal(sent.message_type, 1);
  assert.equal(sent.conversation_id, conversationId);
  const note = await desk.messages.create({
    accountId,
    conversationId,
    data: { content: "Asked for a quiet room.", private: true },
  });
  assert.equal(note.private, true);
  const file = await desk.messages.create({
    accountId,
    conversationId,
    data: { content: "The plan", attachments: [{ content: "plan", encoding: "utf8", filename: "plan.txt" }] },
  });
  assert.equal(file.attachments.length, 1);
  const after = (await desk.messages.list({ accountId, conversationId })).payload.map((one) => one.id);
  for (const one of [sent, note, file]) assert.ok(after.includes(one.id));
  const wrote = await desk.messages.create({ accountId, conversationId, data: { content: "Wrong guest" } });
  await desk.messages.delete({ accountId, conversationId, messageId: wrote.id });
  return { sent: sent.id, note: note.id, file: file.id, deleted: wrote.id, content };
}

async function labelled(conversationId) {
  const labels = ["quiet-room", "late-arrival"];
  const set = await desk.conversationLabels.add({ accountId, conversationId, data: { labels } });
  assert.deepEqual([...set.payload].sort(), [...labels].sort());
  const listed = await desk.conversationLabels.list({ accountId, conversationId });
  assert.deepEqual([...listed.payload].sort(), [...labels].sort());
  return labels;
}

async function assignedAndResolved(conversationId, assignee) {
  const given = await desk.conversationAssignment.assign({
    accountId,
    conversationId,
    data: { assignee_id: assignee.id },
  });
  assert.equal(given.id, assignee.id);
  const shown = await desk.conversations.get({ accountId, conversationId });
  assert.equal(shown.meta.assignee.id, assignee.id);
  const toggled = await desk.conversations.toggleStatus({ accountId, conversationId, data: { status: "resolved" } });
  assert.equal(toggled.payload.success, true);
  assert.equal(toggled.payload.current_status, "resolved");
}

async function guest() {
  const data = { name: "Wanda Weber", email: "wanda.weber@example.org", phone_number: "+4930555123" };
  const made = await desk.contacts.create({ accountId, data });
  const id = made.payload.contact.id;
  await desk.contacts.update({ accountId, id, data: { name: "Wanda Winter" } });
  const shown = await desk.contacts.get({ accountId, id });
  assert.equal(shown.payload.name, "Wanda Winter");
  const found = await desk.contacts.search({ accountId, q: "wanda.weber" });
  assert.deepEqual(found.payload.map((one) => one.id), [id]);
  const answer = { short_code: "ready", content: "Your room is ready." };
  const canned = await desk.cannedResponses.create({ accountId, data: answer });
  const all = await desk.cannedResponses.list({ accountId });
  assert.ok(all.some((one) => one.id === canned.id && one.short_code === "ready"));
  return id;
}

const me = await signIn();
const { agents, conversation } = await lists();
await filtered(conversation.id);
const messages = await readAndSend(conversation.id);
const labels = await labelled(conversation.id);
const assignee = agents.find((agent) => agent.id !== me.id);
await assignedAndResolved(conversation.id, assignee);
const contact = await guest();
console.log(
  JSON.stringify({ me: me.id, conversation: conversation.id, assignee: assignee.id, messages, labels, contact }),
);
