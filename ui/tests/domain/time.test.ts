import { LANGUAGES } from "$lib/domain/language";
import { age, clockTime, fullTime } from "$lib/domain/time";
import { computerZone } from "$lib/domain/zone";
import { setLocale } from "$lib/paraglide/runtime";
import { describe, expect, it } from "vitest";

const at = (text: string) => new Date(text).getTime() / 1000;
const now = at("2026-05-08T09:46:30");

describe("age", () => {
  it.each([
    ["2026-05-08T09:46:00", "now"],
    ["2026-05-08T09:50:00", "now"],
    ["2026-05-08T09:35:30", "11 min"],
    ["2026-05-08T07:40:00", "2 h"],
    ["2026-05-07T10:00:00", "23 h"],
    ["2026-05-05T09:00:00", "Tuesday"],
    ["2026-04-20T09:00:00", "20 Apr"],
    ["2025-05-08T09:00:00", "8 May 2025"],
  ])("writes %s as %s", (time, words) => expect(age(at(time), now)).toBe(words));
});

it("writes the clock and the whole date", () => {
  expect(clockTime(at("2026-05-08T09:05:00"))).toBe("09:05");
  expect(fullTime(at("2026-05-08T09:35:00"))).toBe("Friday 8 May 2026, 09:35");
});

describe("times of a property", () => {
  const moment = Date.UTC(2026, 4, 8, 7, 35) / 1000;

  it("are told by its clock, and name it where that is another one", () => {
    expect(clockTime(moment, "Europe/Zurich")).toBe("09:35");
    expect(clockTime(moment, "Asia/Kolkata")).toBe("13:05");
    expect(fullTime(moment, "Pacific/Chatham")).toBe("Friday 8 May 2026, 20:20 (Chatham)");
    expect(fullTime(moment, computerZone())).not.toContain("(");
  });

  it("do not call a day a week ago by its weekday", () => {
    const later = moment + 7 * 86_400 - 3600;
    expect(age(moment, later, "UTC")).toBe("8 May");
    expect(age(moment + 86_400, later, "UTC")).toBe("Saturday");
  });

  it("are written in the language of the screen, with Western figures", () => {
    const said = Object.fromEntries(
      LANGUAGES.map((language) => {
        void setLocale(language, { reload: false });
        return [language, [fullTime(moment, "Pacific/Chatham"), age(moment, moment + 11 * 60)]];
      }),
    );
    void setLocale("en", { reload: false });
    expect(said["de"]).toEqual(["Freitag, 8. Mai 2026, 20:20 (Chatham)", "11 Min."]);
    expect(said["hu"]).toEqual(["2026. május 8., péntek, 20:20 (Chatham)", "11 perc"]);
    expect(said["es"]).toEqual(["viernes, 8 de mayo de 2026, 20:20 (Chatham)", "11 min"]);
    expect(said["ar"]?.join(" ")).toMatch(/الجمعة.*8 مايو 2026.*20:20/u);
    expect(said["ar"]?.join(" ")).not.toMatch(/[٠-٩]/u);
  });
});
