import { emailProblem } from "$lib/domain/email";
import { describe, expect, it } from "vitest";

describe("an e-mail address", () => {
  it("is taken as people have them, or not at all", () => {
    for (const address of ["", "a@b.example", "priya.r+desk@mail.example", "ölaf@müller.example", "a@localhost"]) {
      expect(emailProblem(address), address).toBe(false);
    }
  });

  it("is refused where no mail could arrive", () => {
    for (const address of ["a", "a@", "@b", "a b@c.example", "a@b..example", "a@b,c", "<a@b.example>", "a@@b"]) {
      expect(emailProblem(address), address).toBe(true);
    }
  });
});
