import { describe, expect, it } from "vitest";
import { daysBefore, marginTime, shortAge } from "./time-words.ts";

const now = new Date(2026, 10, 22, 14, 30);
const ago = (ms: number) => new Date(now.getTime() - ms);
const minute = 60_000;

describe("times in few words", () => {
  it("says an age in one word", () => {
    expect(shortAge(ago(20_000), now, "en")).toBe("now");
    expect(shortAge(ago(5 * minute), now, "en")).toBe("5 min");
    expect(shortAge(ago(3 * 60 * minute), now, "en")).toBe("3 h");
    expect(shortAge(new Date(2026, 10, 18, 9), now, "en")).toBe("Wed");
    expect(shortAge(new Date(2026, 2, 3), now, "en-GB")).toBe("3 Mar");
    expect(shortAge(new Date(2024, 2, 3), now, "en")).toBe("2024");
  });

  it("gives the clock today and adds the day before that", () => {
    expect(marginTime(new Date(2026, 10, 22, 9, 5), now, "en")).toBe("09:05");
    expect(marginTime(new Date(2026, 10, 17, 16, 20), now, "en")).toBe("Tue 16:20");
    expect(marginTime(new Date(2025, 2, 3, 8), now, "en-GB")).toBe("3 Mar 2025 08:00");
  });

  it("counts calendar days and says nothing about a time that is none", () => {
    expect(daysBefore(new Date(2026, 10, 21, 23, 59), new Date(2026, 10, 22, 0, 1))).toBe(1);
    expect(shortAge(new Date("no"), now)).toBe("");
    expect(marginTime(new Date("no"), now)).toBe("");
  });
});
