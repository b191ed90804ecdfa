/** Small rules about text: template variables, what is left after sending, sizes of files. */

/** A piece of a text; `variable` names one that is not filled yet. */
export interface TextPart {
  text: string;
  variable: string | null;
}

const VARIABLE = /\{\{\s*([^{}]*?)\s*\}\}/gu;

/** A text cut at its unfilled variables (`{{contact.name}}`), for marking them. */
export function variableParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(VARIABLE)) {
    if (match.index > from) parts.push({ text: text.slice(from, match.index), variable: null });
    parts.push({ text: match[0], variable: match[1] ?? "" });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), variable: null });
  return parts;
}

/** Names of the variables that are still unfilled, each once. */
export function unfilledVariables(text: string): string[] {
  return [...new Set(variableParts(text).flatMap((part) => (part.variable === null ? [] : [part.variable])))];
}

/** Puts what was typed in place of the variables; one nothing was typed for stays. */
export function fillVariables(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(VARIABLE, (whole, name: string) => typedFor(values, name).trim() || whole);
}

/** What was typed for a variable, whatever it is called; an object has a `constructor` nobody typed. */
export function typedFor(values: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(values, name) ? (values[name] ?? "") : "";
}

/** `contact.first_name` as a person says it: "contact first name". */
export function variableWords(name: string): string {
  return name.replaceAll(/[._]+/gu, " ").trim();
}

/** What is left to write when `sent` went out of `current`: text typed while it was on its way is kept. */
export function remainderAfterSend(current: string, sent: string): string {
  if (current.trim() === sent.trim()) return "";
  return current.startsWith(sent) ? current.slice(sent.length).trimStart() : current;
}

/** Text put at the place of the cursor, with a space where two words would touch. */
export function insertAt(text: string, start: number, end: number, inserted: string): { text: string; cursor: number } {
  const before = text.slice(0, start);
  const after = text.slice(end);
  const left = before !== "" && !/\s$/u.test(before) ? " " : "";
  const right = after !== "" && !/^\s/u.test(after) ? " " : "";
  return { text: before + left + inserted + right + after, cursor: (before + left + inserted).length };
}

/** "84 KB"; empty when the size is not known (0). */
export function fileSize(bytes: number, locale: string): string {
  if (bytes <= 0) return "";
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: units[unit] ?? "byte",
    unitDisplay: "short",
    maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
  }).format(value);
}

/** The name of a file without marks that turn the direction of what stands after them, and so could hide its ending. */
export function plainFileName(name: string): string {
  return name.replaceAll(/[\u202a-\u202e\u2066-\u2069]/gu, "");
}

/** "PDF" of "Invoice.pdf"; empty without an ending. */
export function fileEnding(name: string): string {
  const ending = /\.([\p{L}\p{N}]{1,5})$/u.exec(name)?.[1];
  return ending === undefined ? "" : ending.toUpperCase();
}
