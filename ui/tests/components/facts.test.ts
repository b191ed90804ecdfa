import { understoodFacts } from "$components/details/facts";
import type { ConversationView } from "$lib/rpc/generated/schema";
import { expect, it } from "vitest";

const facts = (has_ai: boolean, known: object = {}) => {
  const unknown = { intent: null, topic: null, dates_of_interest: null, contact: { persona: null } };
  return understoodFacts({ has_ai, ...unknown, ...known } as unknown as ConversationView);
};

it("keeps a line for everything the AI may still understand", () => {
  const before = facts(true);
  expect(before.map((fact) => fact.unknown)).toEqual([true, true, true, true]);
  const after = facts(true, { topic: "faq" });
  expect(after.map((fact) => fact.name)).toEqual(before.map((fact) => fact.name));
  expect(after.filter((fact) => !fact.unknown)).toHaveLength(1);
});

it("says nothing where no AI reads", () => {
  expect(facts(false)).toEqual([]);
  expect(facts(false, { topic: "faq" })).toHaveLength(1);
});
