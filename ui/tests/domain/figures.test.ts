import { axisEnd, changeOf, isSure, metShare, numberWords, shareOf, shareWords } from "$lib/domain/figures";
import type { StatisticsView } from "$lib/rpc/generated/schema";
import { expect, it } from "vitest";

it("writes shares with one decimal, and none of nothing", () => {
  expect(shareWords(74, 618)).toBe("12.0%");
  expect(shareWords(0, 3)).toBe("0.0%");
  expect(shareWords(0, 0)).toBeNull();
  expect([shareOf(74, 618), shareOf(1, 0)]).toEqual([12, null]);
  expect(numberWords(1204)).toBe("1,204");
});

it("holds against each other only what is there on both sides", () => {
  expect(changeOf(97.4, 96.8)).toBe(0.6);
  expect(changeOf(97.4, null)).toBeNull();
});

it("is sure of a stretch once everything of it is here", () => {
  const numbers = (known: number, whole: number, since: number | null) =>
    ({ known, whole, since }) as unknown as StatisticsView;
  const span = { from: 100, to: 200 };
  expect(isSure(numbers(5, 5, null), span)).toBe(true);
  expect(isSure(numbers(5, 5, 100), span)).toBe(true);
  expect(isSure(numbers(5, 5, 101), span)).toBe(false);
  expect(isSure(numbers(5, 4, null), span)).toBe(false);
});

it("never says that all were in time while one was late", () => {
  expect(metShare({ met: 999, missed: 1 })).toBe(99);
  expect(metShare({ met: 3, missed: 0 })).toBe(100);
  expect(metShare({ met: 0, missed: 0 })).toBeNull();
});

it("ends an axis at a round number whose half is whole", () => {
  expect([0, 1, 3, 5, 7, 11, 96, 250, 601].map(axisEnd)).toEqual([2, 2, 4, 6, 10, 20, 100, 400, 1000]);
});
