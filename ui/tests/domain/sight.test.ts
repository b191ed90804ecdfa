import { widestSight } from "$lib/domain/sight";
import type { Sight } from "$lib/rpc/generated/schema";
import { expect, it } from "vitest";

it("what the widest role shows is missing nowhere", () => {
  const of = (...sights: Sight[]) => widestSight(sights.map((sight) => ({ sight })));
  expect(of("own", "everything")).toBe("everything");
  expect(of("nothing", "own", "unassigned")).toBe("unassigned");
  expect(of("nothing", "own")).toBe("own");
  expect(of("nothing")).toBe("nothing");
  expect(of()).toBe("everything");
});
