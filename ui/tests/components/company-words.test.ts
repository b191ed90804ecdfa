import { guestWords, lookingWords, writingWords } from "$components/company/words";
import type { CompanyView } from "$lib/rpc/generated/schema";
import { describe, expect, it } from "vitest";

const nora = { id: 7, name: "Nora Lind" };
const tomas = { id: 8, name: "Tomas Ruiz" };
const ana = { id: 9, name: "Ana" };
const company = (change: Partial<CompanyView>): CompanyView => ({ guest: null, writing: [], looking: [], ...change });
const writes = (person: { id: number; name: string }, note = false) => ({ ...person, private: note });

describe("who else is here", () => {
  it("says nothing of nobody", () => {
    const nobody = company({});
    expect([guestWords(nobody), writingWords(nobody), lookingWords(nobody)]).toEqual(["", "", ""]);
  });

  it("tells a reply from a note, and colleagues from the guest", () => {
    expect(writingWords(company({ writing: [writes(nora)] }))).toBe("Nora is writing a reply");
    expect(writingWords(company({ writing: [writes(nora, true)] }))).toBe("Nora is writing a note");
    expect(guestWords(company({ guest: "Ines Costa", writing: [writes(nora)] }))).toBe("Ines Costa is writing");
  });

  it("names two, and counts more", () => {
    expect(writingWords(company({ writing: [writes(nora), writes(tomas, true)] }))).toBe("Nora and Tomas are writing");
    expect(writingWords(company({ writing: [nora, tomas, ana].map((one) => writes(one)) }))).toBe(
      "3 colleagues are writing",
    );
    expect(lookingWords(company({ looking: [nora] }))).toBe("Nora is looking too");
    expect(lookingWords(company({ looking: [nora, tomas] }))).toBe("Nora and Tomas are looking too");
    expect(lookingWords(company({ looking: [nora, tomas, ana] }))).toBe("3 colleagues are looking too");
  });
});
