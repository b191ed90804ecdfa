import { describe, expect, test, vi } from "vitest";

const asked = vi.hoisted(() => [] as string[]);
vi.mock("$lib/rpc", () => {
  const answer = (name: string) => {
    asked.push(name);
    return Promise.resolve({ html: name, pictures: name === "mail" ? 2 : 0 });
  };
  return { query: answer, mutate: answer };
});

import { Mails } from "$lib/state/mails.svelte";

const mail = (message: number) => ({ conversation: { account: 1, id: 2 }, message });

describe("mails", () => {
  test("pictures are fetched for the one mail they were asked for", async () => {
    const mails = new Mails();
    await mails.open(mail(1));
    await mails.open(mail(2));
    await mails.showPictures(mail(1));
    expect(asked).toEqual(["mail", "mail", "show_pictures"]);
    expect(mails.of(mail(1))).toMatchObject({ asked: true, view: { pictures: 0 } });
    expect(mails.of(mail(2))).toMatchObject({ asked: false, view: { pictures: 2 } });
  });

  test("what was asked for stays when the mail is opened again, and the oldest goes", async () => {
    const mails = new Mails();
    await mails.showPictures(mail(1));
    await mails.open(mail(1));
    expect(mails.of(mail(1))?.asked).toBe(true);
    for (let message = 2; message < 11; message += 1) await mails.open(mail(message));
    expect(mails.of(mail(1))).toBeUndefined();
    expect(mails.of(mail(10))).toBeDefined();
  });
});
