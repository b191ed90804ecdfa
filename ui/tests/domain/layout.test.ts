import { blocksOf, topOf, visible } from "$lib/domain/layout";
import { expect, it } from "vitest";

const blocks = blocksOf(
  [
    { count: 3, head: 20 },
    { count: 0, head: 20 },
    { count: 50_000, head: 20 },
  ],
  80,
);
const see = (top: number, height: number, extra = 0) => visible(blocks, { top, height, extra }, 80);

it("places groups one below the other", () => {
  expect(blocks.map((block) => block.top)).toEqual([0, 260, 280]);
  expect(topOf(blocks, 0, 80)).toBe(20);
  expect(topOf(blocks, 3, 80)).toBe(300);
});

it("keeps only what is seen", () => {
  expect(see(0, 240)).toEqual({ start: 0, end: 3 });
  expect(see(0, 400)).toEqual({ start: 0, end: 5 });
  expect(see(4_000_000, 800, 8)).toEqual({ start: 49_991, end: 50_003 });
});

it("has nothing to show without rows", () => {
  expect(visible([], { top: 0, height: 500, extra: 8 }, 80)).toEqual({ start: 0, end: 0 });
});
