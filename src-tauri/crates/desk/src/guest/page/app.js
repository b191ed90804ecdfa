// The guest's chat over the public client API and its socket. The socket is a hint: after every (re)connection the
// thread is read again, and nothing the guest wrote leaves this page's memory before the server has it.
"use strict";

const chat = document.getElementById("chat");
const log = document.getElementById("log");
const hello = document.getElementById("hello");
const composer = document.getElementById("composer");
const field = document.getElementById("message");
const fileField = document.getElementById("file");
const typingLine = document.getElementById("typing");
const connectionLine = document.getElementById("connection");

const { inbox, source, socket: socketToken } = chat.dataset;
const base = `/public/api/v1/inboxes/${encodeURIComponent(inbox)}/contacts/${encodeURIComponent(source)}`;
const storeKey = `deskbell-chat-${source}`;

const messages = new Map();
let conversationId = null;
let firstRead = false;

/* What the guest wrote and the server has not confirmed; survives a reload. Pictures live as long as the page. */
const kept = readKept();

function readKept() {
  const empty = { draft: "", waiting: [] };
  try {
    return { ...empty, ...JSON.parse(localStorage.getItem(storeKey) ?? "{}") };
  } catch {
    return empty;
  }
}

function takeCarried() {
  try {
    const carried = JSON.parse(sessionStorage.getItem("deskbell-chat-carried") ?? "{}");
    sessionStorage.removeItem("deskbell-chat-carried");
    return carried.source === source ? "" : (carried.text ?? "");
  } catch {
    return "";
  }
}

function keep() {
  const waiting = kept.waiting.filter((item) => !item.file);
  try {
    localStorage.setItem(storeKey, JSON.stringify({ draft: kept.draft, waiting }));
  } catch {
    // A browser that keeps nothing still holds it in memory.
  }
}

/* ---- The public client API ---- */

async function call(path, body) {
  const options = { signal: AbortSignal.timeout(15000), cache: "no-store" };
  if (body instanceof FormData) {
    Object.assign(options, { method: "POST", body });
  } else if (body) {
    Object.assign(options, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
  }
  const answer = await fetch(base + path, options);
  if (answer.status === 404) leave();
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const text = await answer.text();
  return text ? JSON.parse(text) : null;
}

/* The link has ended while the page was open. What was not sent goes along to the new chat. */
function leave() {
  const unsent = [...kept.waiting.filter((item) => !item.file).map((item) => item.text), field.value.trim()];
  try {
    const text = unsent.filter(Boolean).join("\n");
    sessionStorage.setItem("deskbell-chat-carried", JSON.stringify({ source, text }));
  } catch {
    // A browser that keeps nothing still shows the way on.
  }
  location.reload();
}

async function readThread() {
  const all = await call("/conversations");
  const newest = all.reduce((best, one) => (!best || one.id > best.id ? one : best), null);
  if (newest) takeConversation(newest);
  settleKept();
  firstRead = true;
  draw();
  if (newest && document.visibilityState === "visible") markSeen();
}

function takeConversation(conversation) {
  if (conversationId !== conversation.id) messages.clear();
  conversationId = conversation.id;
  conversation.messages.forEach(take);
}

function take(message) {
  const isShown = [0, 1, 3].includes(message.message_type) && !message.private;
  if (isShown) messages.set(message.id, { ...messages.get(message.id), ...message });
  return isShown;
}

function markSeen() {
  if (conversationId) call(`/conversations/${conversationId}/update_last_seen`, {}).catch(() => {});
}

/* ---- Sending: in order, one at a time, nothing lost, nothing twice ---- */

let isSending = false;

function write(text, file) {
  const key = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
  kept.waiting.push({ key, text, file, state: "waiting", after: newestId(), at: Date.now() / 1000 });
  keep();
  draw(true);
  sendNext();
}

function newestId() {
  return Math.max(0, ...messages.keys());
}

async function sendNext() {
  const item = kept.waiting.find((one) => one.state === "waiting");
  if (!item || isSending) return;
  isSending = true;
  item.state = "sending";
  draw();
  try {
    await sendOne(item);
    forget(item.key);
  } catch {
    await wasItStored(item);
  }
  isSending = false;
  draw();
  sendNext();
}

async function sendOne(item) {
  if (!conversationId) conversationId = (await call("/conversations", {})).id;
  const path = `/conversations/${conversationId}/messages`;
  if (!item.file) return take(await call(path, { content: item.text, echo_id: item.key }));
  const form = new FormData();
  form.append("content", item.text);
  form.append("echo_id", item.key);
  form.append("attachments[]", item.file);
  return take(await call(path, form));
}

/* The answer may be lost while the message arrived: look before offering to send again. */
async function wasItStored(item) {
  item.state = "failed";
  keep();
  await readThread().catch(() => {});
}

/* Drops what has arrived: same text, newer than all that was there when it was written. */
function settleKept() {
  const claimed = new Set();
  kept.waiting = kept.waiting.filter((item) => {
    if (item.state === "waiting" && firstRead) return true;
    const arrived = [...messages.values()].find(
      (one) => one.message_type === 0 && one.id > item.after && one.content === item.text && !item.file && !claimed.has(one.id),
    );
    if (arrived) claimed.add(arrived.id);
    else if (!firstRead) item.state = "failed";
    return !arrived;
  });
  keep();
}

function forget(key) {
  kept.waiting = kept.waiting.filter((item) => item.key !== key);
  keep();
}

async function retry(item) {
  item.state = "sending";
  draw();
  await readThread().catch(() => {});
  item.state = "waiting";
  sendNext();
}

/* ---- The socket ---- */

const identifier = JSON.stringify({ channel: "RoomChannel", pubsub_token: socketToken });
let socket = null;
let lastFrame = 0;
let attempts = 0;
let isLive = false;
let reconnectTimer = 0;

function connect() {
  clearTimeout(reconnectTimer);
  if (socket) return;
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const opened = new WebSocket(`${scheme}//${location.host}/cable`, ["actioncable-v1-json", "actioncable-unsupported"]);
  socket = opened;
  lastFrame = Date.now();
  opened.onmessage = (frame) => socket === opened && hear(JSON.parse(frame.data));
  opened.onclose = () => socket === opened && lost();
}

function lost() {
  const old = socket;
  socket = null;
  old?.close();
  setLive(false);
  attempts += 1;
  reconnectTimer = setTimeout(connect, Math.min(30000, 1000 * 2 ** Math.min(attempts - 1, 5)));
}

function hear(frame) {
  lastFrame = Date.now();
  if (frame.type === "welcome") socket.send(JSON.stringify({ command: "subscribe", identifier }));
  else if (frame.type === "confirm_subscription") catchUp();
  else if (frame.type === "disconnect" || frame.type === "reject_subscription") lost();
  else if (frame.message) event(frame.message.event, frame.message.data);
}

function catchUp() {
  readThread().then(() => {
    attempts = 0;
    setLive(true);
  }, lost);
}

function event(name, data) {
  if (name === "conversation.created" && !conversationId) conversationId = data.id;
  else if (name === "message.created" || name === "message.updated") hearMessage(name, data);
  else if (name === "conversation.typing_on" || name === "conversation.typing_off") hearTyping(name.endsWith("_on"), data);
}

function hearMessage(name, data) {
  if (conversationId && data.conversation_id !== conversationId) return;
  if (data.echo_id) forget(data.echo_id);
  if (!take(data)) return;
  if (data.message_type !== 0) showTyping("");
  draw(false, name === "message.created" ? data.id : null);
  if (document.visibilityState === "visible") markSeen();
}

/* Notes typed for colleagues are broadcast too; they are none of the guest's business. */
function hearTyping(isOn, data) {
  const mine = data.conversation?.id === conversationId;
  if (mine && !data.is_private && data.user?.type !== "contact") showTyping(isOn ? `${writerName(data.user)} is writing …` : "");
}

let typingTimer = 0;

function showTyping(words) {
  clearTimeout(typingTimer);
  typingLine.textContent = words;
  if (words) typingTimer = setTimeout(showTyping, 30000, "");
}

function setLive(live) {
  isLive = live;
  connectionLine.textContent = live ? "We answer here" : "Connecting again. What you write is kept.";
}

setInterval(() => {
  if (socket && Date.now() - lastFrame > 8000) lost();
  else if (!isLive && firstRead) readThread().catch(() => {});
}, 4000);

/* ---- Drawing ---- */

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const dayName = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

function authorOf(message) {
  if (message.message_type === 0) return "guest";
  return message.sender?.type === "user" ? "staff" : "ai";
}

function writerName(sender) {
  if (sender?.type !== "user") return "AI";
  return (sender.available_name || sender.name || "").trim().split(/\s+/)[0] || "Our team";
}

function draw(toEnd = false, newId = null) {
  const wasAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const shown = [...messages.values()].sort((one, other) => one.created_at - other.created_at || one.id - other.id);
  const nodes = [];
  let before = null;
  for (const message of shown) {
    const day = new Date(message.created_at * 1000).toDateString();
    if (before?.day !== day) nodes.push(element("p", "day", dayName.format(message.created_at * 1000)));
    const author = authorOf(message);
    const name = author === "guest" ? "You" : writerName(message.sender);
    const follows = before?.day === day && before.name === name && message.created_at - before.at < 300;
    nodes.push(messageNode(message, author, name, follows, message.id === newId));
    before = { day, name, at: message.created_at };
  }
  kept.waiting.forEach((item) => nodes.push(waitingNode(item)));
  hello.hidden = nodes.length > 0;
  reconcile(nodes);
  if (toEnd || wasAtEnd) log.scrollTop = log.scrollHeight;
}

/* Keeps nodes that did not change, so that a screen reader hears only what is new. */
function reconcile(nodes) {
  const old = new Map([...log.children].filter((node) => node !== hello).map((node) => [node.outerHTML, node]));
  const wanted = nodes.map((node) => old.get(node.outerHTML) ?? node);
  const stays = new Set(wanted);
  [...log.children].forEach((node) => node !== hello && !stays.has(node) && node.remove());
  wanted.forEach((node, index) => {
    const there = log.children[index + 1];
    if (there !== node) log.insertBefore(node, there ?? null);
  });
}

function messageNode(message, author, name, follows, isNew) {
  const node = element("article");
  node.dataset.author = author;
  node.dataset.id = message.id;
  node.classList.toggle("follows", follows || author === "guest");
  node.classList.toggle("deleted", Boolean(message.content_attributes?.deleted));
  node.append(element("p", "author", name));
  if (message.content) node.append(withLinks(message.content));
  (message.attachments ?? []).forEach((file) => node.append(fileNode(file)));
  const time = element("time", "", clock.format(message.created_at * 1000));
  time.dateTime = new Date(message.created_at * 1000).toISOString();
  const meta = element("p", "meta");
  meta.append(time);
  node.append(meta);
  if (isNew) setTimeout(() => node.classList.add("new"));
  return node;
}

function waitingNode(item) {
  const node = element("article", `follows ${item.state}`);
  node.dataset.author = "guest";
  node.dataset.key = item.key;
  node.append(element("p", "author", "You"), element("p", "text", item.text || item.file?.name || ""));
  const meta = element("p", "meta", item.state === "failed" ? "Not sent" : "Sending …");
  if (item.state === "failed") {
    const button = element("button", "", "Try again");
    button.type = "button";
    button.dataset.retry = item.key;
    meta.append(button);
  }
  node.append(meta);
  return node;
}

function element(tag, className = "", text = "") {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.textContent = text;
  return node;
}

function withLinks(text) {
  const node = element("p", "text");
  for (const part of text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/)) {
    if (!/^https?:\/\//.test(part)) {
      node.append(part);
      continue;
    }
    const link = element("a", "", part);
    Object.assign(link, { href: part, target: "_blank", rel: "noopener noreferrer" });
    node.append(link);
  }
  return node;
}

/* Files come from this server; its own name for itself may differ from the one in the address bar. */
function fileNode(file) {
  const address = new URL(file.data_url, location.href);
  const here = address.pathname + address.search;
  if (file.file_type !== "image") {
    const link = element("a", "text", file.fallback_title || "File");
    link.href = here;
    return link;
  }
  const image = element("img");
  Object.assign(image, { src: here, alt: "Picture", loading: "lazy" });
  return image;
}

/* ---- The field ---- */

function submit() {
  const text = field.value.trim();
  if (!text) return;
  field.value = "";
  kept.draft = "";
  stopTyping();
  write(text);
  field.focus();
}

let typing = 0;

function tellTyping() {
  if (!conversationId) return;
  if (!typing) call(`/conversations/${conversationId}/toggle_typing`, { typing_status: "on" }).catch(() => {});
  clearTimeout(typing);
  typing = setTimeout(stopTyping, 4000);
}

function stopTyping() {
  clearTimeout(typing);
  if (typing && conversationId) call(`/conversations/${conversationId}/toggle_typing`, { typing_status: "off" }).catch(() => {});
  typing = 0;
}

composer.addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  submit();
});
field.addEventListener("keydown", (key) => {
  if (key.key !== "Enter" || key.shiftKey || key.isComposing) return;
  key.preventDefault();
  submit();
});
field.addEventListener("input", () => {
  kept.draft = field.value;
  keep();
  tellTyping();
});
log.addEventListener("click", (click) => {
  const item = kept.waiting.find((one) => one.key === click.target.dataset?.retry);
  if (item) retry(item);
});
document.getElementById("attach").addEventListener("click", () => fileField.click());
fileField.addEventListener("change", () => {
  if (fileField.files[0]) write("", fileField.files[0]);
  fileField.value = "";
});
addEventListener("online", connect);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible") return;
  connect();
  markSeen();
});

/* A keyboard that opens, a turned phone or a picture that arrives must not hide the newest line. */
let isAtEnd = true;
log.addEventListener("scroll", () => {
  isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
});
function stayAtEnd() {
  if (isAtEnd) log.scrollTop = log.scrollHeight;
}
new ResizeObserver(stayAtEnd).observe(log);
log.addEventListener("load", stayAtEnd, { capture: true });

field.value = kept.draft || takeCarried();
draw(true);
readThread().then(() => draw(true), () => {});
connect();
