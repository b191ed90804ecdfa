// Every key of the window, in one table: what handles a press, the help and the palette all read it. Pure.

/**
 * A chord as it is written in the help: `T`, `Shift+A`, `Ctrl+1`, `/`, `ArrowDown`, `F6`; `G S` is one key after another.
 * Ctrl is ⌘ on macOS.
 */
export type Chord = string;

export const GROUPS = ["move", "who", "write", "views", "conversation", "desk"] as const;
export type KeyGroup = (typeof GROUPS)[number];

interface Entry {
  group: KeyGroup;
  /** The first is shown. */
  chords: readonly Chord[];
  /** Only means something in the text that is being written; handled there. */
  inText?: true;
  /** Also where something holds the rest of the window back. */
  always?: true;
  /** Moves or is its own help: of no use in the palette. */
  unlisted?: true;
}

const TABLE = {
  next: { group: "move", chords: ["J", "ArrowDown"], unlisted: true },
  previous: { group: "move", chords: ["K", "ArrowUp"], unlisted: true },
  open: { group: "move", chords: ["Enter"], unlisted: true },
  back: { group: "move", chords: ["Escape"], unlisted: true },
  next_in_need: { group: "move", chords: ["Space"] },
  first: { group: "move", chords: ["Home"], unlisted: true },
  last: { group: "move", chords: ["End"], unlisted: true },
  choose_next: { group: "move", chords: ["Shift+ArrowDown"], unlisted: true },
  choose_previous: { group: "move", chords: ["Shift+ArrowUp"], unlisted: true },
  choose_one: { group: "move", chords: ["Ctrl+Space"], unlisted: true },
  next_part: { group: "move", chords: ["F6"], unlisted: true },
  previous_part: { group: "move", chords: ["Shift+F6"], unlisted: true },
  anything: { group: "move", chords: ["Ctrl+K"], unlisted: true },
  search: { group: "move", chords: ["/"] },

  take_over: { group: "who", chords: ["T"] },
  hand_back: { group: "who", chords: ["H"] },
  escalate: { group: "who", chords: ["E"] },
  assign: { group: "who", chords: ["A"] },
  assign_to_me: { group: "who", chords: ["Shift+A"] },
  close: { group: "who", chords: ["C"] },
  undo: { group: "who", chords: ["Ctrl+Z"] },

  reply: { group: "write", chords: ["R"] },
  note: { group: "write", chords: ["N"] },
  templates: { group: "write", chords: ["Ctrl+/"] },
  attach: { group: "write", chords: ["Ctrl+O"] },
  send: { group: "write", chords: ["Enter"], inText: true },
  new_line: { group: "write", chords: ["Shift+Enter"], inText: true },
  send_and_close: { group: "write", chords: ["Ctrl+Enter"], inText: true },
  bold: { group: "write", chords: ["Ctrl+B"], inText: true },
  italic: { group: "write", chords: ["Ctrl+I"], inText: true },
  mention: { group: "write", chords: ["@"], inText: true },

  view_needs_person: { group: "views", chords: ["Ctrl+1"] },
  view_mine: { group: "views", chords: ["Ctrl+2"] },
  view_ai: { group: "views", chords: ["Ctrl+3"] },
  view_all: { group: "views", chords: ["Ctrl+4"] },
  view_closed: { group: "views", chords: ["Ctrl+5"] },
  filters: { group: "views", chords: ["F"] },
  morning: { group: "views", chords: ["G M"] },
  handover: { group: "views", chords: ["G H"] },

  details: { group: "conversation", chords: ["I"] },
  lead: { group: "conversation", chords: ["L"] },
  unread: { group: "conversation", chords: ["U"] },
  tag: { group: "conversation", chords: ["#"] },
  brief: { group: "conversation", chords: ["B"] },
  more: { group: "conversation", chords: ["."] },
  find: { group: "conversation", chords: ["Ctrl+F"] },

  statistics: { group: "desk", chords: ["G S"] },
  settings: { group: "desk", chords: ["Ctrl+,"] },
  lock: { group: "desk", chords: ["Ctrl+L"], always: true },
  text_larger: { group: "desk", chords: ["Ctrl++", "Ctrl+="] },
  text_smaller: { group: "desk", chords: ["Ctrl+-"] },
  text_normal: { group: "desk", chords: ["Ctrl+0"] },
  help: { group: "desk", chords: ["?"] },
} as const satisfies Record<string, Entry>;

export type Command = keyof typeof TABLE;
export const COMMANDS = Object.keys(TABLE) as Command[];
const entry = (command: Command): Entry => TABLE[command];

/** What a person has set: another single key for a command, `""` = none. */
export type OwnKeys = Readonly<Record<string, Chord>>;

export interface KeyChoices {
  /** Off leaves only chords with Ctrl and the named keys. */
  singleKeys: boolean;
  own: OwnKeys;
  /** Ctrl Enter sends, and Enter makes a new line. */
  sendWithControl: boolean;
}

/** One letter or sign: what would be typed, were the focus in a text. */
const SINGLE = /^(Shift\+)?(?:\p{L}|\p{N}|\p{P}|\p{S}|Space)$/u;
export const isSingle = (chord: Chord): boolean => SINGLE.test(chord);

/** Two single keys, one after the other. */
const isSequence = (chord: Chord): boolean => chord.includes(" ");
const isTyped = (chord: Chord): boolean => isSingle(chord) || isSequence(chord);

/** Whether a person may give the command another key, or none. */
export const isChangeable = (command: Command): boolean =>
  entry(command).inText === undefined && entry(command).chords.some(isSingle);

const SEND_WITH_CONTROL: Partial<Record<Command, readonly Chord[]>> = {
  send: ["Ctrl+Enter"],
  new_line: ["Enter", "Shift+Enter"],
  send_and_close: ["Ctrl+Shift+Enter"],
};

/** All chords of a command, the shown one first; none where it is turned off. */
export function chordsOfCommand(command: Command, choices: KeyChoices): readonly Chord[] {
  const { chords } = entry(command);
  const now = (choices.sendWithControl && SEND_WITH_CONTROL[command]) || chords;
  const own = isChangeable(command) ? choices.own[command] : undefined;
  const set =
    own === undefined ? now : [own, ...now.filter((chord) => !isSingle(chord))].filter((chord) => chord !== "");
  return choices.singleKeys ? set : set.filter((chord) => !isTyped(chord));
}

export const shownChord = (command: Command, choices: KeyChoices): Chord | undefined =>
  chordsOfCommand(command, choices)[0];

export const groupOf = (command: Command): KeyGroup => entry(command).group;
/** Whether the palette offers it. */
export const isListed = (command: Command): boolean =>
  entry(command).inText === undefined && entry(command).unlisted === undefined;

/** Where a key was pressed. */
export interface Place {
  /** Something holds the rest of the window back. */
  modal: boolean;
  /** In a text field, or in a panel that floats and has keys of its own. */
  apart: boolean;
  /** Keys the control in focus has itself. */
  taken: (chord: Chord) => boolean;
}

/** What a press means in the window, or nothing: then it is left to whoever has the focus. */
export function commandFor(chords: readonly Chord[], place: Place, choices: KeyChoices): Command | undefined {
  for (const chord of chords) {
    if (place.apart && !/^Ctrl\+|^(Shift\+)?F6$|^Escape$/.test(chord)) continue;
    if (place.taken(chord)) continue;
    const isIt = (one: Command) => !entry(one).inText && chordsOfCommand(one, choices).includes(chord);
    const found = COMMANDS.find(isIt);
    if (found !== undefined && (!place.modal || entry(found).always)) return found;
  }
  return undefined;
}

/** Whether something may come of this key and the next one together. */
export const beginsSequence = (chord: Chord, choices: KeyChoices): boolean =>
  COMMANDS.some((command) => chordsOfCommand(command, choices).some((one) => one.startsWith(`${chord} `)));

/** What a press means in the text that is being written. */
export function textCommandFor(chords: readonly Chord[], choices: KeyChoices): Command | undefined {
  const isIts = (command: Command) =>
    entry(command).inText && chords.some((chord) => chordsOfCommand(command, choices).includes(chord));
  return COMMANDS.find(isIts);
}

export type KeyJudgement =
  { ok: true } | { ok: false; because: "not_single" } | { ok: false; because: "taken"; by: Command };

/** Whether a person may give `command` that key. */
export function judgeKey(command: Command, chord: Chord, choices: KeyChoices): KeyJudgement {
  if (!isSingle(chord)) return { ok: false, because: "not_single" };
  const all = { ...choices, singleKeys: true };
  const uses = (one: Chord) => one === chord || one.startsWith(`${chord} `);
  const by = COMMANDS.find((one) => one !== command && !entry(one).inText && chordsOfCommand(one, all).some(uses));
  return by === undefined ? { ok: true } : { ok: false, because: "taken", by };
}

/** `own` with another key for a command; the designed one again leaves no trace. */
export function withOwnKey(own: OwnKeys, command: Command, chord: Chord): Record<string, Chord> {
  const next = { ...own };
  if (entry(command).chords[0] === chord) delete next[command];
  else next[command] = chord;
  return next;
}
