// Asked with { role, name } or { text }, and gone / focused / names / now / milliseconds. Answers elements, names or true as soon as
// the question holds, watching the document for changes; null when it did not in time.
const [question, answer] = arguments;

const IMPLICIT = [
  ["button", "button, summary, input[type=button], input[type=submit], input[type=reset]"],
  ["link", "a[href]"],
  ["textbox", "textarea, input:not([type]), input[type=text], input[type=email], input[type=password], input[type=url], input[type=tel], [contenteditable]:not([contenteditable=false])"],
  ["searchbox", "input[type=search]"],
  ["checkbox", "input[type=checkbox]"],
  ["radio", "input[type=radio]"],
  ["slider", "input[type=range]"],
  ["combobox", "select"],
  ["option", "option"],
  ["heading", "h1, h2, h3, h4, h5, h6"],
  ["list", "ul, ol"],
  ["listitem", "li"],
  ["navigation", "nav"],
  ["main", "main"],
  ["complementary", "aside"],
  ["banner", "header"],
  ["form", "form"],
  ["region", "section"],
  ["article", "article"],
  ["dialog", "dialog"],
  ["img", "img"],
  ["table", "table"],
  ["row", "tr"],
  ["progressbar", "progress"],
];

const tidy = (text) => (text || "").replace(/\s+/g, " ").trim();

function isVisible(element) {
  if (element.closest("[aria-hidden=true], [inert]")) return false;
  // Rows that are about to be exchanged are not read out.
  if (element.parentElement?.closest("[role=listbox][aria-busy=true]")) return false;
  // What lies behind a dialog is out of everybody's reach.
  const dialog = [...document.querySelectorAll("dialog:modal")].at(-1);
  if (dialog && !dialog.contains(element)) return false;
  if (element.checkVisibility && !element.checkVisibility({ visibilityProperty: true })) return false;
  return element.getClientRects().length > 0;
}

function roleOf(element) {
  const written = element.getAttribute("role");
  if (written) return written.split(" ")[0];
  return IMPLICIT.find(([, selector]) => element.matches(selector))?.[0];
}

function spoken(element) {
  const parts = [];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return parts.push(node.textContent);
    if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute("aria-hidden") === "true") return;
    const label = node.getAttribute("aria-label") || node.getAttribute("alt");
    if (label && node !== element) return parts.push(" ", label, " ");
    node.childNodes.forEach(walk);
    if (getComputedStyle(node).display !== "inline") parts.push(" ");
  };
  walk(element);
  return tidy(parts.join(""));
}

function nameOf(element) {
  const labelledBy = element.getAttribute("aria-labelledby");
  if (labelledBy) {
    const labels = labelledBy.split(" ").map((id) => document.getElementById(id));
    return tidy(labels.map((label) => (label ? spoken(label) : "")).join(" "));
  }
  const own = element.getAttribute("aria-label") || element.getAttribute("alt");
  if (own) return tidy(own);
  if (element.labels && element.labels.length > 0) return tidy([...element.labels].map(spoken).join(" "));
  if (element.matches("input, textarea, select")) {
    return tidy(element.value && element.matches("[type=button], [type=submit]") ? element.value : element.placeholder || element.title);
  }
  return spoken(element) || tidy(element.title);
}

/** Rows of a long list stand in the page as they come; what counts is the place that they say they have. */
function inOrder(elements) {
  if (!elements.every((element) => element.ariaPosInSet)) return elements;
  return elements.sort((one, other) => one.ariaPosInSet - other.ariaPosInSet);
}

function candidates(role) {
  const implicit = IMPLICIT.find(([name]) => name === role)?.[1];
  const selector = [`[role~="${role}"]`, implicit].filter(Boolean).join(", ");
  const all = [...document.querySelectorAll(selector)];
  return inOrder(all.filter((element) => roleOf(element) === role && isVisible(element)));
}

function matching() {
  const all = candidates(question.role).filter((element) => !question.focused || element === document.activeElement);
  const named = all.map((element) => [element, nameOf(element)]);
  const exact = named.filter(([, name]) => name === question.name);
  return exact.length > 0 ? exact : named.filter(([, name]) => name.includes(question.name));
}

function look() {
  if (question.text !== undefined) {
    const found = tidy(document.body.innerText).includes(tidy(question.text));
    return found !== Boolean(question.gone) ? true : null;
  }
  const found = matching();
  if (question.gone) return found.length === 0 ? true : null;
  if (!question.now && found.length === 0) return null;
  return found.map(([element, name]) => (question.names ? name : element));
}

const first = look();
if (first !== null || question.now) {
  answer(first);
} else {
  const observer = new MutationObserver(() => settle(look()));
  const timer = setTimeout(() => settle(look(), true), question.milliseconds);
  const settle = (result, last) => {
    if (result === null && !last) return;
    observer.disconnect();
    removeEventListener("focusin", moved);
    clearTimeout(timer);
    answer(result);
  };
  const moved = () => settle(look());
  addEventListener("focusin", moved);
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}
