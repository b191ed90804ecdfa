// The keyboard map. Rooms register what their keys do; the newest registration of a key wins.

/** A chord as it is written in the help: `T`, `Shift+A`, `Ctrl+1`, `/`, `ArrowDown`, `F6`. Ctrl is ⌘ on macOS. */
export type Chord = string;
/** `false` = not for me: the next older registration is asked, then the browser. */
export type KeyAction = (event: KeyboardEvent) => unknown;
export type KeyMap = Record<Chord, KeyAction>;

const maps: KeyMap[] = [];

/** The answer ends it. Use it in an effect: `$effect(() => registerKeys({ T: takeOver }))`. */
export function registerKeys(map: KeyMap): () => void {
  maps.push(map);
  return () => {
    const at = maps.indexOf(map);
    if (at >= 0) maps.splice(at, 1);
  };
}

/** What was pressed, or nothing where an input method is still composing. */
export function chordOf(event: KeyboardEvent, mac = isMac): Chord | undefined {
  if (event.isComposing || event.keyCode === 229) return undefined;
  const { key } = event;
  if (key === "Control" || key === "Shift" || key === "Alt" || key === "Meta" || key === "Dead") return undefined;
  // AltGr writes characters on many layouts: it reports Ctrl+Alt and is no chord.
  const altGraph = event.getModifierState?.("AltGraph") ?? false;
  const control = (mac ? event.metaKey : event.ctrlKey) && !altGraph;
  const letter = /^\p{L}$/u.test(key);
  const name = key === " " ? "Space" : letter ? key.toUpperCase() : key;
  // Shift is part of a printed character such as `?`, and named only where the key stays the same.
  const shift = event.shiftKey && (letter || key.length > 1 || key === " ");
  return [control && "Ctrl", event.altKey && !altGraph && "Alt", shift && "Shift", name].filter(Boolean).join("+");
}

const isMac = typeof navigator !== "undefined" && /Mac/.test(navigator.platform);

/** How a chord is written for the person, on their system: `Ctrl 1`, `Ctrl +`. */
export const chordLabel = (chord: Chord): string =>
  chord
    .split(/\+(?!$)/)
    .map((key) => (key === "Ctrl" && isMac ? "⌘" : key))
    .join(" ");

const SINGLE = /^(Shift\+)?(\p{L}|[?/#.]|Space)$/u;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("textarea,select,input:not([type=checkbox],[type=radio],[type=range])"))
  );
}

/** Enter, Space and arrows belong to a control that has the focus. */
function belongsToControl(chord: Chord, target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (chord === "Enter" || chord === "Space") return target.closest("button,a,summary,label,audio,video") !== null;
  return /^Arrow|^Home$|^End$/.test(chord) && target.closest('[role="radiogroup"],[role="log"],input,audio') !== null;
}

/** Does what a key would do, wherever the focus is. False where nobody has the key. */
export function pressKey(chord: Chord, event = new KeyboardEvent("keydown")): boolean {
  for (let at = maps.length - 1; at >= 0; at--) {
    const action = maps[at]?.[chord];
    if (action && action(event) !== false) return true;
  }
  return false;
}

/** Handles a press; installed once by the app. `singleKeys` off leaves only chords with Ctrl and the named keys. */
export function dispatchKey(event: KeyboardEvent, singleKeys: boolean): void {
  const chord = chordOf(event);
  if (chord === undefined || event.defaultPrevented) return;
  if (document.querySelector("dialog:modal") !== null && chord !== "F6") return;
  const single = SINGLE.test(chord);
  if (single && !singleKeys) return;
  if (isTyping(event.target) && !chord.startsWith("Ctrl+") && !/^(Shift\+)?F6$|^Escape$/.test(chord)) return;
  if (belongsToControl(chord, event.target)) return;
  if (pressKey(chord, event)) event.preventDefault();
}
