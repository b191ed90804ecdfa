import { activityWords } from "$components/thread/activity";
import { happened } from "$lib/domain/activity";
import { describe, expect, it } from "vitest";

const who = { me: "Ana Ruiz", ai: "Concierge" };
const words = (line: string) => activityWords(line, who).text;

describe("what happened", () => {
  it("is read from the lines of the server", () => {
    expect(happened("Ana Ruiz self-assigned this conversation")).toEqual({ kind: "took", by: "Ana Ruiz" });
    expect(happened("Assigned to Front by the pool by Bo")).toEqual({
      kind: "assigned",
      to: "Front by the pool",
      by: "Bo",
    });
    expect(happened("Bo added vip")).toEqual({ kind: "other", text: "Bo added vip" });
  });
  it("is as the server wrote it where nobody did it, or in another language", () => {
    for (const line of [
      "Conversation was marked resolved by system due to 2 days of inactivity",
      "La conversación fue resuelta por Ana",
    ]) {
      expect(activityWords(line, who)).toEqual({ text: line });
    }
  });
  it("names me, my colleagues and the AI", () => {
    expect(words("Ana Ruiz self-assigned this conversation")).toBe("You took over");
    expect(words("Bo self-assigned this conversation")).toBe("Bo took over");
    expect(words("Conversation was marked resolved by Concierge")).toBe("AI closed it");
    expect(words("Assigned to Ana Ruiz by Bo")).toBe("Bo assigned it to you");
    expect(words("Assigned to Bo by Ana Ruiz")).toBe("You assigned it to Bo");
  });
  it("says that the AI rang, and only the AI", () => {
    expect(activityWords("Conversation was reopened by Concierge", who).rang).toBe(true);
    expect(words("Conversation was reopened by Bo")).toBe("Bo opened it again");
  });
});
