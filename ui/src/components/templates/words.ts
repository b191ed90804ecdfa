// Words about templates.

import type { Variable } from "$lib/domain/template-variables";
import { m } from "$lib/paraglide/messages";
import type { ChannelTemplate, TemplateParameter } from "$lib/rpc/generated/schema";

/** `booking_reminder` as a person says it: "Booking reminder". */
export function templateName({ name }: Pick<ChannelTemplate, "name">): string {
  const words = name.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const variables: Record<Variable, () => string> = {
  "contact.first_name": m.variable_first_name,
  "contact.name": m.variable_name,
  "contact.email": m.variable_email,
  "contact.phone": m.variable_phone,
  "agent.first_name": m.variable_my_first_name,
  "agent.name": m.variable_my_name,
  property: m.variable_property,
  booking: m.variable_booking,
};

/** What a variable stands for. */
export const variableLabel = (name: Variable): string => variables[name]();

export function parameterLabel(parameter: TemplateParameter, template: ChannelTemplate): string {
  const button = template.buttons[Number(parameter.key)] ?? "";
  const name = parameter.key.replaceAll("_", " ");
  switch (parameter.place) {
    case "header":
      return m.approved_value_header({ name });
    case "body":
      return m.approved_value({ name });
    case "link":
      return m.approved_value_link({ button });
    case "code":
      return m.approved_value_code({ button });
  }
}
