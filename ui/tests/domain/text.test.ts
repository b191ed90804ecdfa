import { describe, expect, it } from "vitest";
import {
  fileEnding,
  fileSize,
  insertAt,
  plainFileName,
  remainderAfterSend,
  unfilledVariables,
  variableParts,
  variableWords,
} from "$lib/domain/text";

describe("template variables", () => {
  it("are cut out of the text, whatever spaces stand in them", () => {
    expect(variableParts("Hi {{ contact.first_name }}, room {{booking}}.")).toEqual([
      { text: "Hi ", variable: null },
      { text: "{{ contact.first_name }}", variable: "contact.first_name" },
      { text: ", room ", variable: null },
      { text: "{{booking}}", variable: "booking" },
      { text: ".", variable: null },
    ]);
    expect(unfilledVariables("{{booking}} {{ booking }}")).toEqual(["booking"]);
    expect(unfilledVariables("{ not } one {{")).toEqual([]);
    expect(variableWords("contact.first_name")).toBe("contact first name");
  });
});

describe("remainderAfterSend", () => {
  it("keeps what was typed while the reply was on its way", () => {
    expect(remainderAfterSend("Hello", "Hello")).toBe("");
    expect(remainderAfterSend("Hello and more", "Hello")).toBe("and more");
    expect(remainderAfterSend("Something else", "Hello")).toBe("Something else");
  });
});

describe("insertAt", () => {
  it("keeps words apart and says where to go on", () => {
    expect(insertAt("Dear", 4, 4, "Priya")).toEqual({ text: "Dear Priya", cursor: 10 });
    expect(insertAt("", 0, 0, "Hello")).toEqual({ text: "Hello", cursor: 5 });
    expect(insertAt("a c", 2, 2, "b")).toEqual({ text: "a b c", cursor: 3 });
  });
});

describe("files", () => {
  it("says size and kind", () => {
    expect(fileSize(84_000, "en")).toBe("84 kB");
    expect(fileSize(0, "en")).toBe("");
    expect(fileEnding("Invoice.HA.pdf")).toBe("PDF");
    expect(fileEnding("README")).toBe("");
    expect(plainFileName("invoice\u202efdp.exe")).toBe("invoicefdp.exe");
  });
});
