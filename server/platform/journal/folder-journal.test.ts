import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FolderJournalOptions, openJournal } from "./folder-journal.ts";
import { openingLine } from "./journal-line.ts";

let directory: string;

beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), "folio-journal-")), "journal");
});

afterEach(async () => {
  await rm(join(directory, ".."), { recursive: true });
});

const journal = (options: Partial<FolderJournalOptions> = {}) =>
  openJournal({ directory, reserveBytes: 4_096, maxDelayMs: 5, ...options });

const segments = async () => (await readdir(directory)).filter((name) => name.endsWith(".journal")).sort();

const bytesOnDisk = async () => {
  const sizes = await Promise.all((await segments()).map(async (name) => (await stat(join(directory, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
};

/** What a start after a crash would find: the files as they are, the first journal still open. */
const recovered = async () => {
  const after = await journal();
  const entries = after.recovered();
  await after.close();
  return entries;
};

describe("openJournal", () => {
  test("gives back after a crash what was appended and not released, in order", async () => {
    const before = await journal();
    expect(await before.append("a", { text: "one" })).toBe(1);
    expect(await before.append("b", { text: "two\nlines 🙂 \u0000 \ud800" })).toBe(2);
    expect(await before.append("a", { text: "three" })).toBe(3);
    expect(await recovered()).toEqual([
      { number: 1, key: "a", record: { text: "one" } },
      { number: 2, key: "b", record: { text: "two\nlines 🙂 \u0000 \ud800" } },
      { number: 3, key: "a", record: { text: "three" } },
    ]);
    await before.close();
  });

  test("forgets what was released, also after a restart, and goes on counting", async () => {
    const before = await journal();
    await before.append("a", {});
    await before.append("b", {});
    await before.append("a", {});
    before.release("a", 1);
    before.release("b", 2);
    await before.close();
    const after = await journal();
    expect(after.recovered().map(({ number }) => number)).toEqual([3]);
    expect(after.next()).toBe(4);
    expect(await after.append("c", {})).toBe(4);
    await after.close();
  });

  test("does not start the numbers again when everything was released and every old file removed", async () => {
    const first = await journal();
    const number = await first.append("a", {});
    first.release("a", number);
    await first.close();
    const second = await journal();
    expect(await second.append("b", {})).toBe(number + 1);
    second.release("b", number + 1);
    await second.close();
    expect(await segments()).toHaveLength(1);
    const third = await journal();
    expect(third.next()).toBe(number + 2);
    await third.close();
  });

  test("a release that names a number not given out yet does not swallow later entries", async () => {
    const before = await journal();
    await before.append("a", {});
    before.release("a", 99);
    await before.append("a", { text: "later" });
    await before.close();
    expect(await recovered()).toEqual([{ number: 2, key: "a", record: { text: "later" } }]);
  });

  test("writes what many append at once with few syncs, and each gets its own number", async () => {
    const one = await journal();
    const numbers = await Promise.all(
      Array.from({ length: 2_000 }, (_, index) => one.append(`k${index % 7}`, { index })),
    );
    expect(numbers).toEqual(Array.from({ length: 2_000 }, (_, index) => index + 1));
    expect((await recovered()).map(({ record }) => record["index"])).toEqual(numbers.map((number) => number - 1));
    await one.close();
  });

  test("appendSoon is on disk shortly after, without anybody who waits", async () => {
    const before = await journal();
    before.appendSoon("a", { text: "soon" });
    const text = async () => readFile(join(directory, (await segments())[0] ?? "none"), "utf8").catch(() => "");
    await expect.poll(text, { timeout: 10_000 }).toContain("soon");
    expect(await recovered()).toEqual([{ number: 1, key: "a", record: { text: "soon" } }]);
    await before.close();
  });

  test("appendSoon keeps its place before an append that follows", async () => {
    const before = await journal({ maxDelayMs: 60_000 });
    before.appendSoon("a", { text: "first" });
    await before.append("a", { text: "second" });
    expect((await recovered()).map(({ record }) => record["text"])).toEqual(["first", "second"]);
    await before.close();
  });

  test("close writes what waits", async () => {
    const before = await journal({ maxDelayMs: 60_000 });
    before.appendSoon("a", { text: "late" });
    await before.close();
    expect(await recovered()).toHaveLength(1);
    await expect(before.append("a", {})).rejects.toThrow("closed");
  });

  test("only the owner may read it", async () => {
    const one = await journal();
    await one.append("a", {});
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(directory)) expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600);
    await one.close();
  });
});

describe("the journal's files", () => {
  const fill = async (options: Partial<FolderJournalOptions> = {}) => {
    const before = await journal(options);
    for (let index = 0; index < 10; index += 1) await before.append("a", { index });
    await before.close();
    return join(directory, (await segments())[0] ?? "");
  };

  test("a tail of any length that a crash cut off is left out and everything before it is kept", async () => {
    const path = await fill();
    const whole = await readFile(path);
    const lastLine = whole.lastIndexOf(10, whole.length - 2) + 1;
    for (let end = whole.length - 1; end >= lastLine; end -= 7) {
      await writeFile(path, whole.subarray(0, end));
      expect((await recovered()).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect((await stat(path)).size).toBe(lastLine);
    }
  });

  test("zeros, noise and foreign lines after the last line are cut off", async () => {
    const path = await fill();
    const whole = await readFile(path);
    for (const tail of [
      Buffer.alloc(5_000),
      Buffer.from("\n\n{}\n"),
      Buffer.from([255, 254, 10, 0, 10]),
      whole.subarray(3, 90),
    ]) {
      await writeFile(path, whole);
      await appendFile(path, tail);
      expect(await recovered()).toHaveLength(10);
      expect(await readFile(path)).toEqual(whole);
    }
  });

  test("damage inside is told, a copy is kept, and every whole line is still read", async () => {
    const path = await fill();
    const bytes = await readFile(path);
    const at = bytes.indexOf('"index":4');
    bytes[at + 8] = 0x35;
    await writeFile(path, bytes);
    const problems: string[] = [];
    const after = await journal({ onProblem: (problem) => problems.push(problem) });
    expect(after.recovered().map(({ record }) => record["index"])).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9]);
    await after.close();
    expect(problems.join()).toContain("is damaged");
    expect(await readFile(`${path}.torn`)).toEqual(bytes);
  });

  test("an empty, a foreign or an unreadable file stops nothing", async () => {
    await fill();
    await writeFile(join(directory, "0000000007.journal"), "");
    await writeFile(join(directory, "0000000008.journal"), "what is this");
    await writeFile(join(directory, "notes.txt"), "not ours");
    expect(await recovered()).toHaveLength(10);
    const after = await journal();
    expect(await after.append("a", {})).toBe(11);
    await after.close();
    expect(await readFile(join(directory, "notes.txt"), "utf8")).toBe("not ours");
  });

  test("files of which everything is released are removed", async () => {
    const one = await journal({ segmentBytes: 1_000 });
    for (let index = 0; index < 200; index += 1) one.release("a", await one.append("a", { text: "x".repeat(100) }));
    await one.close();
    expect((await segments()).length).toBeLessThanOrEqual(2);
  });

  test("one long answer does not keep everything that short ones wrote beside it", async () => {
    const one = await journal({ segmentBytes: 2_000 });
    await one.append("long", { index: 0 });
    for (let index = 1; index <= 300; index += 1) {
      if (index % 50 === 0) await one.append("long", { index });
      one.release(`short${index}`, await one.append(`short${index}`, { text: "x".repeat(200) }));
    }
    expect(await bytesOnDisk()).toBeLessThan(12_000);
    await one.close();
    const left = await recovered();
    expect(left.map(({ key, record }) => [key, record["index"]])).toEqual(
      [0, 50, 100, 150, 200, 250, 300].map((index) => ["long", index]),
    );
    expect(left.map(({ number }) => number)).toEqual([...left.map(({ number }) => number)].sort((a, b) => a - b));
  });

  test("what was released stays released when its file is gone and the record of it was copied over", async () => {
    let one = await journal({ segmentBytes: 500 });
    const model = new Map<number, string>();
    for (let index = 0; index < 400; index += 1) {
      const key = `k${(index * 7) % 11}`;
      model.set(await one.append(key, { text: "y".repeat(index % 90) }), key);
      const [oldest] = model;
      if (index % 3 !== 0 && oldest !== undefined) {
        one.release(oldest[1], oldest[0]);
        model.delete(oldest[0]);
      }
      if (index % 60 !== 59) continue;
      await one.close();
      one = await journal({ segmentBytes: 500 });
      expect(one.recovered().map(({ number, key }) => [number, key])).toEqual([...model]);
    }
    await one.close();
  });

  test("a file that was given up counts only as far as its successor says", async () => {
    await fill();
    const before = await journal();
    await before.append("a", { index: "rejected" });
    await before.close();
    const [, second] = await segments();
    const opening = (await readFile(join(directory, second ?? ""), "utf8")).split("\n")[0] ?? "";
    await writeFile(
      join(directory, "0000000003.journal"),
      openingLine({ segment: 3, next: 12, abandoned: { segment: 2, bytes: opening.length + 1 } }),
    );
    expect((await recovered()).map(({ record }) => record["index"])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("the reserve takes real room and is made again after it was given away", async () => {
    const one = await journal({ reserveBytes: 100_000, retryMs: 10 });
    const reserve = join(directory, "reserve");
    const { blocks } = await stat(reserve);
    expect(blocks * 512).toBeGreaterThanOrEqual(100_000);
    expect(one.space()).toBe("ok");
    await one.close();
    await rm(reserve);
    const two = await journal({ reserveBytes: 100_000 });
    expect((await stat(reserve)).size).toBe(100_000);
    await two.close();
  });
});
