import { lineOf, oneLine } from "$components/ui/glyphs";
import { lucide, marks, type IconName } from "$components/ui/icons";
import { expect, test } from "vitest";

test("every icon is one line that begins at a point of the grid", () => {
  const names = [...Object.keys(lucide), ...Object.keys(marks), "deskbell"] as IconName[];
  for (const name of names) expect(lineOf(name), name).toMatch(/^M[-\d. ,]+[a-z]/i);
  for (const name of names) expect(lineOf(name), name).not.toMatch(/NaN|undefined/);
});

test("shapes are drawn where they stand, whatever was drawn before them", () => {
  const line = oneLine([
    ["line", { x1: 3, y1: 4, x2: 5, y2: 6 }],
    ["path", { d: "m9 12 2 2 4-4" }],
  ]);
  expect(line).toBe("M3 4L5 6M0 0m9 12 2 2 4-4");
});

test("a rounded rectangle comes back to where it began", () => {
  const line = oneLine([["rect", { x: 2, y: 3, width: 10, height: 8, rx: 1 }]]);
  expect(line).toBe("M3 3h8a1 1 0 0 1 1 1v6a1 1 0 0 1 -1 1h-8a1 1 0 0 1 -1 -1v-6a1 1 0 0 1 1 -1z");
  expect(oneLine([["rect", { x: 0, y: 0, width: 4, height: 2 }]])).toBe("M0 0h4v2h-4v-2z");
});

test("a circle turns the way a rectangle does", () => {
  expect(oneLine([["circle", { cx: 12, cy: 12, r: 10 }]])).toBe("M2 12a10 10 0 1 1 20 0a10 10 0 1 1 -20 0z");
});

test("a shape nobody has drawn yet is told of, and not left out", () => {
  expect(() => oneLine([["ellipse", { cx: 1, cy: 1, rx: 1, ry: 2 }]])).toThrow("<ellipse>");
});
