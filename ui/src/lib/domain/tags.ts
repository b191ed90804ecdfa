// Tags: what can be added by what was typed.

/** As the server writes titles: small letters, digits, `-` and `_`, in one word. */
export const tagTitle = (typed: string): string =>
  typed
    .trim()
    .toLocaleLowerCase()
    .replace(/\s+/g, "-")
    .replace(/[^\p{L}\p{N}\p{M}_-]/gu, "");

/** The tag that would be made of what was typed; `null` where there is nothing to make or it exists already. */
export function newTag(typed: string, existing: readonly string[]): string | null {
  const title = tagTitle(typed);
  return title === "" || existing.some((tag) => tag.toLocaleLowerCase() === title) ? null : title;
}
