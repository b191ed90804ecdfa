// Presses of keys. Rooms register what they do for a command of the key map; the newest registration of it wins.

import { beginsSequence, commandFor, type Chord, type Command, type KeyChoices, type Place } from "./key-map";

/** `false` = not for me: the next older registration is asked, then the browser. */
export type KeyAction = (event: KeyboardEvent) => unknown;
/** `can` says whether pressing it would do anything now; without it, it always would. */
export type Handler = KeyAction | { run: KeyAction; can: () => boolean };
export type Handlers = Partial<Record<Command, Handler>>;

const registered: Handlers[] = [];

/** The answer ends it. Use it in an effect: `$effect(() => registerKeys({ take_over: takeOver }))`. */
export function registerKeys(handlers: Handlers): () => void {
  registered.push(handlers);
  return () => {
    const at = registered.indexOf(handlers);
    if (at >= 0) registered.splice(at, 1);
  };
}

const isReady = (handler: Handler | undefined): handler is Handler =>
  handler !== undefined && (typeof handler === "function" || handler.can());

/** Whether somebody would do it now. */
export const canPress = (command: Command): boolean => registered.some((handlers) => isReady(handlers[command]));

/** Does what a command's key would do, wherever the focus is. False where nobody does it now. */
export function pressKey(command: Command, event = new KeyboardEvent("keydown")): boolean {
  for (let at = registered.length - 1; at >= 0; at--) {
    const handler = registered[at]?.[command];
    if (!isReady(handler)) continue;
    const run = typeof handler === "function" ? handler : handler.run;
    if (run(event) !== false) return true;
  }
  return false;
}

const isMac = typeof navigator !== "undefined" && /Mac/.test(navigator.platform);

/** Held before the keys of a screen reader (NVDA, JAWS, Orca). */
let readerKeyHeld = false;

/** Of a system or a screen reader, not of a program. */
function isForeign(event: KeyboardEvent, mac: boolean): boolean {
  const other = mac ? event.ctrlKey : event.metaKey;
  return readerKeyHeld || other || (event.getModifierState?.("Super") ?? false);
}

/** What was pressed, or nothing where an input method is still composing or the system is meant. */
export function chordOf(event: KeyboardEvent, mac = isMac): Chord | undefined {
  if (event.isComposing || event.keyCode === 229 || isForeign(event, mac)) return undefined;
  const { key } = event;
  if (["Control", "Shift", "Alt", "Meta", "Dead", "Insert"].includes(key)) return undefined;
  return spelled(event, key, mac);
}

function spelled(event: KeyboardEvent, key: string, mac: boolean): Chord {
  // AltGr writes characters on many layouts: it reports Ctrl+Alt and is no chord.
  const altGraph = event.getModifierState?.("AltGraph") ?? false;
  const control = (mac ? event.metaKey : event.ctrlKey) && !altGraph;
  const letter = /^\p{L}$/u.test(key);
  const name = key === " " ? "Space" : letter ? key.toUpperCase() : key;
  // Shift is part of a printed character such as `?`, and named only where the key stays the same.
  const shift = event.shiftKey && (letter || key.length > 1 || key === " ");
  return [control && "Ctrl", event.altKey && !altGraph && "Alt", shift && "Shift", name].filter(Boolean).join("+");
}

/** What was pressed, and what that key would be on a Latin keyboard where this one writes another script. */
export function chordsOf(event: KeyboardEvent, mac = isMac): Chord[] {
  const chord = chordOf(event, mac);
  if (chord === undefined) return [];
  const letter = /^Key([A-Z])$/.exec(event.code ?? "")?.[1];
  const figure = event.shiftKey ? undefined : /^Digit(\d)$/.exec(event.code ?? "")?.[1];
  if (letter !== undefined && /^[^\p{Script=Latin}]$/u.test(event.key)) return [chord, spelled(event, letter, mac)];
  // French keyboards have the figures on the other level.
  if (figure !== undefined && event.key !== figure) return [chord, spelled(event, figure, mac)];
  return [chord];
}

/** How a chord is written for the person, on their system: `Ctrl 1`, `Ctrl +`. */
export const chordLabel = (chord: Chord): string => chordParts(chord).join(" ");

/** The same, key by key. */
export const chordParts = (chord: Chord): string[] =>
  chord.split(/ |\+(?!$)/).map((key) => (key === "Ctrl" && isMac ? "⌘" : (SHORT[key] ?? key)));

const SHORT: Record<string, string> = { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc", "-": "−" };

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("textarea,select,input:not([type=checkbox],[type=radio],[type=range])"))
  );
}

/** Enter, Space and arrows belong to a control that has the focus. */
function belongsToControl(chord: Chord, target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (chord === "Enter" || chord === "Space")
    return target.closest("button,a,summary,label,input,audio,video") !== null;
  return /^Arrow|^Home$|^End$/.test(chord) && target.closest('[role="radiogroup"],[role="log"],input,audio') !== null;
}

function placeOf({ target }: KeyboardEvent): Place {
  return {
    modal: document.querySelector("dialog:modal") !== null,
    apart: isTyping(target) || (target instanceof HTMLElement && target.closest("[popover]") !== null),
    taken: (chord) => belongsToControl(chord, target),
  };
}

/** How long the second key of a sequence is waited for (milliseconds). */
const SEQUENCE_MS = 1500;

/** The first key of a sequence, and when it was pressed. */
let begun: { chord: Chord; at: number } | null = null;

/** Handles a press; installed once by the app. */
export function dispatchKey(event: KeyboardEvent, choices: KeyChoices): void {
  if (event.key === "Insert") readerKeyHeld = true;
  const chords = chordsOf(event);
  if (chords.length === 0 || event.defaultPrevented) return;
  const place = placeOf(event);
  const first = begun !== null && event.timeStamp - begun.at < SEQUENCE_MS ? begun.chord : null;
  begun = null;
  const second = first === null ? [] : chords.map((chord) => `${first} ${chord}`);
  const command = commandFor([...second, ...chords], place, choices);
  if (command !== undefined) {
    if (pressKey(command, event)) event.preventDefault();
  } else if (!place.modal && !place.apart) {
    const chord = chords.find((one) => beginsSequence(one, choices));
    if (chord !== undefined) begun = { chord, at: event.timeStamp };
  }
}

/** Goes with [`dispatchKey`]: a key was let go, or the window was left. */
export function releaseKey(event?: KeyboardEvent): void {
  if (event === undefined || event.key === "Insert") readerKeyHeld = false;
}
