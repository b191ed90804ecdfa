import { splitByNow } from "$lib/domain/appointments";
import { expect, test } from "vitest";

test("what is to come stands soonest first, what was newest first", () => {
  const at = (...times: number[]) => times.map((at) => ({ at }));
  expect(splitByNow(at(30, 5, 20, 10, 15), 15)).toEqual({ toCome: at(20, 30), past: at(15, 10, 5) });
  expect(splitByNow([], 15)).toEqual({ toCome: [], past: [] });
});
