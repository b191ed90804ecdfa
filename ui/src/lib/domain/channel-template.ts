/** Filling an approved template: which values are missing, how it reads, and what goes to the provider. */
import type { ChannelTemplate, TemplateMessage, TemplateParameter } from "$lib/rpc/generated/schema";

/** What was typed, by `parameterKey`. */
export type Values = Readonly<Record<string, string>>;

/** The address of the file in the template's head. */
export const MEDIA_KEY = "media";

export const parameterKey = ({ place, key }: Pick<TemplateParameter, "place" | "key">): string => `${place}:${key}`;

const VARIABLE = /\{\{\s*([^{}]*?)\s*\}\}/gu;

const typed = (values: Values, key: string): string => (values[key] ?? "").trim();

function filled(text: string, place: TemplateParameter["place"], values: Values): string {
  return text.replaceAll(VARIABLE, (whole, key: string) => typed(values, parameterKey({ place, key })) || whole);
}

/** How the guest will read it; a value that is missing stays as it stands in the template. */
export function templateText(template: ChannelTemplate, values: Values): string {
  const parts = [
    template.header === null ? "" : filled(template.header, "header", values),
    filled(template.body, "body", values),
    template.footer ?? "",
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** Whether every value is given. */
export function isFilled(template: ChannelTemplate, values: Values): boolean {
  if (template.header_media !== null && !/^https:\/\/\S+$/u.test(typed(values, MEDIA_KEY))) return false;
  return template.parameters.every((parameter) => typed(values, parameterKey(parameter)) !== "");
}

/** Those that ask for least first, else in the provider's order: they are nearest to being sent. */
export function fewestFirst(templates: readonly ChannelTemplate[]): ChannelTemplate[] {
  const asked = ({ parameters, header_media }: ChannelTemplate) => parameters.length + (header_media === null ? 0 : 1);
  return [...templates].sort((one, other) => asked(one) - asked(other));
}

/**
 * What can be told beforehand: the guest's first name, where a parameter is called so or stands in the greeting, which
 * is one word, the parameter and a comma in any language.
 */
export function firstValues(template: ChannelTemplate, firstName: string): Record<string, string> {
  if (firstName === "") return {};
  const greeted = /^\S+\s+\{\{\s*([^{}]*?)\s*\}\}\s*[,!]/u.exec(template.body)?.[1];
  return Object.fromEntries(
    template.parameters
      .filter(({ place, key }) => place === "body" && (key === greeted || /^(first_?)?name$/iu.test(key)))
      .map((parameter) => [parameterKey(parameter), firstName]),
  );
}

/** What the wire wants beside the words. Only what the template asks for is in it. */
export function templateMessage(template: ChannelTemplate, values: Values): TemplateMessage {
  const processed_params: Record<string, unknown> = {};
  const body = valuesAt(template, "body", values);
  if (body !== null) processed_params["body"] = body;
  const header = valuesAt(template, "header", values);
  if (template.header_media !== null) {
    processed_params["header"] = { media_url: typed(values, MEDIA_KEY), media_type: template.header_media };
  } else if (header !== null) {
    processed_params["header"] = header;
  }
  const buttons = buttonValues(template, values);
  if (buttons.length > 0) processed_params["buttons"] = buttons;
  const { name, language, category, namespace } = template;
  return { name, language, category, namespace, processed_params };
}

function valuesAt(template: ChannelTemplate, place: TemplateParameter["place"], values: Values) {
  const asked = template.parameters.filter((parameter) => parameter.place === place);
  if (asked.length === 0) return null;
  return Object.fromEntries(asked.map((parameter) => [parameter.key, typed(values, parameterKey(parameter))]));
}

/** By their place among the template's buttons; one that asks for nothing leaves its place empty. */
function buttonValues(template: ChannelTemplate, values: Values): ({ type: string; parameter: string } | null)[] {
  const buttons: ({ type: string; parameter: string } | null)[] = [];
  for (const parameter of template.parameters) {
    if (parameter.place !== "link" && parameter.place !== "code") continue;
    const at = Number(parameter.key);
    while (buttons.length < at) buttons.push(null);
    const type = parameter.place === "link" ? "url" : "copy_code";
    buttons[at] = { type, parameter: typed(values, parameterKey(parameter)) };
  }
  return buttons;
}
