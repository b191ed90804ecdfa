// Words about templates.

import { m } from "$lib/paraglide/messages";
import type { ChannelTemplate, TemplateParameter } from "$lib/rpc/generated/schema";

/** `booking_reminder` as a person says it: "Booking reminder". */
export function templateName({ name }: Pick<ChannelTemplate, "name">): string {
  const words = name.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

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
