import { phoneProblem } from "$lib/domain/phone";
import { expect, test } from "vitest";

test("only numbers the server takes pass, or none", () => {
  for (const fine of ["", "+41791234567", "+12"]) expect(phoneProblem(fine), fine).toBe(false);
  for (const wrong of ["079 123 45 67", "0791234567", "+0791234567", "+4179123456789012", "+41abc", "+"]) {
    expect(phoneProblem(wrong), wrong).toBe(true);
  }
});
