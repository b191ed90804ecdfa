import { LANGUAGES, LANGUAGE_NAMES, directionOf, formatLocale, languageOf } from "$lib/domain/language";
import { expect, it } from "vitest";

it("is the one that was chosen, else the first of the computer's that is spoken here", () => {
  expect(languageOf("hu", ["de-AT"])).toBe("hu");
  expect(languageOf(null, ["fr-FR", "de-AT", "en"])).toBe("de");
  expect(languageOf(null, ["ES"])).toBe("es");
  expect(languageOf(null, ["ar-EG"])).toBe("ar");
});

it("is English where nobody knows better", () => {
  expect(languageOf(null, [])).toBe("en");
  expect(languageOf("tlh", ["fr"])).toBe("en");
});

it("runs to the left in Arabic only, whose figures stay Western", () => {
  expect(LANGUAGES.filter((language) => directionOf(language) === "rtl")).toEqual(["ar"]);
  const figures = (1234.5).toLocaleString(formatLocale("ar"));
  expect(figures).toMatch(/^[0-9.,]+$/u);
  expect(LANGUAGES.every((language) => LANGUAGE_NAMES[language].length > 3)).toBe(true);
});
