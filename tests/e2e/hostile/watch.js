// Stands in the page from the beginning: hears every script that ran, every load the page's rules stopped, and says
// what is alive where only words should be. Answers nothing until it is asked.
const ALLOWED = new Set(
  "A B BLOCKQUOTE BR CODE DEL EM HR I LI OL P PRE STRONG TABLE TBODY TD TH THEAD TR UL H3 H4".split(" "),
);
const OUTSIDE = /^(https?|mailto|tel):$/;
const ran = [];
const stopped = [];
window.canary = (number) => ran.push(number);
document.addEventListener("securitypolicyviolation", (event) => {
  stopped.push(`${event.effectiveDirective} ${event.blockedURI}`);
});

function wordsOnly(element) {
  if (!ALLOWED.has(element.tagName)) return `<${element.tagName}> among words`;
  for (const { name, value } of element.attributes) {
    const isLink = element.tagName === "A" && (name === "rel" || (name === "href" && OUTSIDE.test(element.protocol)));
    const isMention = element.tagName === "B" && name === "class" && value === "mention";
    if (!isLink && !isMention) return `${name} at <${element.tagName}> among words`;
  }
  return null;
}

/** Nothing anywhere listens in its markup, and nothing loads from elsewhere. */
function still(element) {
  for (const { name, value } of element.attributes) {
    if (name.startsWith("on")) return `${name} at <${element.tagName}>`;
    if (name === "srcdoc" || name === "href") continue;
    if (/javascript:|https?:\/\/127\.0\.0\.1/i.test(value) && /^(src|srcset|data|action|formaction|background|poster|ping|style|xlink:href)$/.test(name)) {
      return `${name} at <${element.tagName}>`;
    }
  }
  return /^(OBJECT|EMBED|APPLET|BASE|FRAMESET|FRAME|PORTAL|MARQUEE)$/.test(element.tagName) ? `<${element.tagName}>` : null;
}

function inFrame(frame) {
  if (frame.getAttribute("sandbox") !== "allow-same-origin") return ["a frame that may do more"];
  const page = frame.contentDocument;
  const alive = page.querySelectorAll("script, style, link, meta[http-equiv], iframe, object, embed, form, svg, math, base");
  const found = [...alive].map((element) => `<${element.tagName}> in a mail`);
  const loud = [...page.querySelectorAll("*")].map(still).filter(Boolean).map((what) => `${what} in a mail`);
  return [...found, ...loud];
}

const scripts = document.scripts.length;
window.hostile = () => ({
  ran,
  stopped,
  alive: [
    ...[...document.querySelectorAll(".rich *")].map(wordsOnly).filter(Boolean),
    ...[...document.querySelectorAll("*")].map(still).filter(Boolean),
    ...[...document.querySelectorAll("iframe")].flatMap(inFrame),
    ...(document.scripts.length > scripts ? ["a script"] : []),
  ],
});
