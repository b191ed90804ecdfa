// Who a conversation can be given to, as one list for the keyboard.

import type { AssigneesView, AssigneeView, AssignTarget, TeamView } from "$lib/rpc/generated/schema";

export type AssignOption = { kind: "agent"; agent: AssigneeView } | { kind: "team"; team: TeamView };

/** Teammates whose name has every typed word, those at the desk first; then teams. Accents and case do not matter. */
export function assignOptions(view: AssigneesView, typed: string): AssignOption[] {
  const words = folded(typed)
    .split(/\s+/u)
    .filter((word) => word !== "");
  const matches = (name: string) => words.every((word) => folded(name).includes(word));
  const order = { online: 0, busy: 1, offline: 2 };
  const agents = view.agents
    .filter((agent) => matches(agent.name))
    .toSorted((one, other) => order[one.availability] - order[other.availability]);
  return [
    ...agents.map((agent): AssignOption => ({ kind: "agent", agent })),
    ...view.teams.filter((team) => matches(team.name)).map((team): AssignOption => ({ kind: "team", team })),
  ];
}

function folded(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLocaleLowerCase();
}

export function optionName(option: AssignOption): string {
  return option.kind === "agent" ? option.agent.name : option.team.name;
}

export function optionKey(option: AssignOption): string {
  return option.kind === "agent" ? `a${option.agent.id}` : `t${option.team.id}`;
}

export function optionTarget(option: AssignOption): AssignTarget {
  return option.kind === "agent" ? { kind: "agent", id: option.agent.id } : { kind: "team", id: option.team.id };
}
