import { Refresher } from "$lib/state/refresher";
import { expect, it } from "vitest";

it("runs once more for whatever arrives during a run", async () => {
  let runs = 0;
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const refresher = new Refresher(async () => {
    runs++;
    if (runs === 1) await held;
  });
  const all = [refresher.refresh(), refresher.refresh(), refresher.refresh()];
  release();
  await Promise.all(all);
  expect(runs).toBe(2);
  await refresher.refresh();
  expect(runs).toBe(3);
});

it("goes on after a failure", async () => {
  const failures: unknown[] = [];
  let fail = true;
  let done = 0;
  const refresher = new Refresher(
    async () => {
      if (fail) throw new Error("no answer");
      done++;
    },
    (error) => failures.push(error),
  );
  await refresher.refresh();
  fail = false;
  await refresher.refresh();
  expect(failures.length).toBe(1);
  expect(done).toBe(1);
});
