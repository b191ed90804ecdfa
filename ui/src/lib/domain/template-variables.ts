// What a prepared text can take from the conversation it is used in: the core fills these names.

/** In the order of the menu. */
export const VARIABLES = [
  "contact.first_name",
  "contact.name",
  "contact.email",
  "contact.phone",
  "agent.first_name",
  "agent.name",
  "property",
  "booking",
] as const;

export type Variable = (typeof VARIABLES)[number];

/** How the text has it. */
export const variableMark = (name: string): string => `{{${name}}}`;
