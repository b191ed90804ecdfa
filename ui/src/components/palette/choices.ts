// Everything the palette can offer, as lines of one list.

import { commandIcon, commandName } from "$components/keys/words";
import type { IconName } from "$components/ui/icons";
import { COMMANDS, groupOf, isListed, shownChord, type Chord, type Command, type KeyChoices } from "$lib/a11y/key-map";
import { matchOf, MOST, ranked, type Marked } from "$lib/domain/palette";
import { refKey } from "$lib/domain/refs";
import { guestName } from "$lib/domain/rows";
import { leadIn } from "$lib/domain/snippet";
import { age } from "$lib/domain/time";
import { m } from "$lib/paraglide/messages";
import type {
  AccountView,
  AssigneeView,
  Availability,
  Channel,
  ConversationRef,
  ConversationView,
  MessageId,
  SearchHit,
} from "$lib/rpc/generated/schema";
import type { Palette } from "$lib/state/palette.svelte";

export type Does =
  | { do: "show"; ref: ConversationRef; message: MessageId | null }
  | { do: "command"; command: Command }
  | { do: "property"; account: AccountView["key"] }
  | { do: "assign"; agent: AssigneeView };

export interface Choice {
  key: string;
  does: Does;
  /** Parts alternate plain, marked, plain, … */
  parts: Marked;
  about?: string;
  end?: string;
  ringing?: boolean;
  chord?: Chord;
  icon?: IconName;
  face?: { name: string; named: boolean; channel?: Channel; presence?: Availability };
}

export interface ChoiceGroup {
  label: string;
  choices: readonly Choice[];
}

export interface Offered {
  palette: Palette;
  /** Epoch seconds. */
  now: number;
  open: ConversationView | null;
  openName: string;
  accounts: readonly AccountView[];
  keys: KeyChoices;
  used: readonly string[];
  canPress: (command: Command) => boolean;
}

/** The groups that have something, in their order. */
export function choiceGroups(offered: Offered): ChoiceGroup[] {
  const { palette } = offered;
  const typed = palette.typed.trim();
  const groups: ChoiceGroup[] = [
    { label: m.palette_recent(), choices: typed === "" ? palette.recent.map(recentChoice) : [] },
    { label: m.palette_conversations(), choices: palette.named.map((hit) => hitChoice(hit, typed, offered.now)) },
    { label: m.palette_messages(), choices: palette.messages.map((hit) => hitChoice(hit, typed, offered.now)) },
    { label: m.palette_actions({ name: offered.openName }), choices: commandChoices(offered, typed, true) },
    { label: m.palette_teammates(), choices: teammateChoices(offered, typed) },
    { label: m.palette_window(), choices: [...commandChoices(offered, typed, false), ...properties(offered, typed)] },
  ];
  return groups.filter((group) => group.choices.length > 0);
}

function recentChoice(view: ConversationView): Choice {
  const { contact, channel } = view;
  const closed = view.who.kind === "closed";
  return {
    key: refKey(view.conversation),
    does: { do: "show", ref: view.conversation, message: null },
    parts: [guestName(contact)],
    about: [view.property, view.subject].filter(Boolean).join(", "),
    end: closed ? m.row_state_closed() : undefined,
    ringing: view.who.kind === "waiting",
    face: { name: contact.name, named: contact.named, channel },
  };
}

function hitChoice({ row, snippet }: SearchHit, typed: string, now: number): Choice {
  const name = guestName(row);
  const closed = row.status === "resolved";
  const property = [row.property, row.persona].filter(Boolean).join(", ");
  return {
    key: refKey(row),
    does: { do: "show", ref: { account: row.account, id: row.id }, message: snippet?.message_id ?? null },
    parts: snippet === null ? (matchOf(name, typed)?.parts ?? [name]) : leadIn(snippet.parts),
    about: snippet === null ? property : name,
    end: closed ? m.row_state_closed() : age(row.last_activity_at, now),
    ringing: row.who.kind === "waiting",
    face: { name: row.name, named: row.named, channel: row.channel },
  };
}

/** What can be done with the open conversation, or with the window. */
function commandChoices({ open, keys, used, canPress }: Offered, typed: string, ofConversation: boolean): Choice[] {
  const isOfConversation = (command: Command) => ["who", "write", "conversation"].includes(groupOf(command));
  const possible = COMMANDS.filter(
    (command) => isListed(command) && isOfConversation(command) === ofConversation && canPress(command),
  );
  if (ofConversation && open === null) return [];
  const name = (command: Command) =>
    command === "lead" && open?.contact.lead ? m.keys_no_lead() : commandName(command);
  const asItIs = possible.map((command) => ({ item: command, parts: [name(command)] as Marked }));
  const shown = typed === "" ? asItIs : ranked(possible, typed, name, (command) => command, used);
  return shown.map(({ item: command, parts }) => ({
    key: command,
    does: { do: "command", command },
    parts,
    chord: shownChord(command, keys),
    icon: commandIcon(command),
  }));
}

function teammateChoices({ palette, open, canPress }: Offered, typed: string): Choice[] {
  if (open === null || !canPress("assign")) return [];
  const words = (agent: AssigneeView) => m.palette_assign_to({ name: agent.name });
  const free = palette.teammates.filter((agent) => agent.id !== open.assignee?.id);
  // By their name, too: nobody types "assign to" first.
  const found = free.filter((agent) => matchOf(agent.name, typed) ?? matchOf(words(agent), typed));
  return found.slice(0, MOST.teammates).map((agent) => ({
    key: `agent-${agent.id}`,
    does: { do: "assign", agent },
    parts: matchOf(words(agent), typed)?.parts ?? [words(agent)],
    face: { name: agent.name, named: true, presence: agent.availability },
  }));
}

function properties({ accounts }: Offered, typed: string): Choice[] {
  if (accounts.length < 2) return [];
  const words = (account: AccountView) => m.palette_property({ property: account.name });
  return accounts.flatMap((account) => {
    const match = matchOf(words(account), typed) ?? (matchOf(account.name, typed) && { parts: [words(account)] });
    if (!match) return [];
    const does: Does = { do: "property", account: account.key };
    return [{ key: `property-${account.key}`, does, parts: match.parts, icon: "building-2" as const }];
  });
}
