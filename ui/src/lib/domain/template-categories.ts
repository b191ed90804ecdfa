/**
 * Categories of templates. A server knows only short names; a property that writes "arrival/parking" has put it under
 * "Arrival", and every other program that shows the name shows that, too.
 */
interface Named {
  short_code: string;
}

/** Where a template stands; `category` is empty where its name says none. */
export interface TemplatePlace {
  category: string;
  name: string;
}

export function placeOf({ short_code }: Named): TemplatePlace {
  const [head = "", ...rest] = short_code.split("/");
  const [category, name] = [head.trim(), rest.join("/").trim()];
  return category === "" || name === ""
    ? { category: "", name: short_code }
    : { category: category.charAt(0).toLocaleUpperCase() + category.slice(1), name };
}

/** Each once, in the order of the alphabet. */
export function categoriesOf(templates: readonly Named[]): string[] {
  const all = new Set(templates.map((template) => placeOf(template).category));
  all.delete("");
  return [...all].sort((one, other) => one.localeCompare(other));
}

/** By category, those without one last; within each as they come. `only`: of that one alone; empty = all. */
export function byCategory<T extends Named>(templates: readonly T[], only = ""): T[] {
  const order = [...categoriesOf(templates), ""].filter((category) => only === "" || category === only);
  return order.flatMap((category) => templates.filter((template) => placeOf(template).category === category));
}
