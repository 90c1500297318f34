/**
 * The program that the crash tests kill: writes documents and the journal, and says on standard output what it is
 * about to do and what it was told is done. `node store-scenario.ts WORKSPACE DATA [ROUNDS]`; begins with a line on
 * standard input.
 */
import { writeSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { openJournal } from "../../server/platform/journal/folder-journal.ts";
import type { Revision } from "../../server/platform/store/document-store.ts";
import { openFolderStore } from "../../server/platform/store/folder-store.ts";
import type { ScenarioLine } from "./scenario-line.ts";

const [workspace = "", data = "", rounds = "1"] = process.argv.slice(2);

/** Straight to the system, so that a line is out when the next call is made. */
const say = (line: ScenarioLine) => writeSync(1, `${JSON.stringify(line)}\n`);

/** Runs one step; a failure is said, and the next step goes on as a server would. */
async function step<T>(about: Omit<ScenarioLine, "event">, work: () => Promise<T>): Promise<T | undefined> {
  say({ event: "try", ...about });
  try {
    const result = await work();
    say({ event: "done", ...about });
    return result;
  } catch (error) {
    say({ event: "failed", ...about, code: error instanceof Error && "code" in error ? String(error.code) : "none" });
    return undefined;
  }
}

async function main(): Promise<void> {
  // Wakes the one thread that all file calls of this process run on, so that it can be traced.
  await stat(workspace);
  say({ event: "ready" });
  await new Promise((resolve) => process.stdin.once("data", resolve));
  const store = openFolderStore({ root: workspace, locksDirectory: join(data, "locks") });
  const journal = await openJournal({
    directory: join(data, "journal"),
    segmentBytes: 700,
    reserveBytes: 8_192,
    retryMs: 20,
  });
  for (const { number, key, record } of journal.recovered())
    say({ event: "recovered", number, key, text: String(record["text"]) });

  const current = new Map<string, Revision>();
  const put = (path: string, text: string) =>
    step({ path, text }, async () => {
      const before = current.get(path) ?? (await store.read(path).catch(() => undefined))?.revision;
      const result = await store.write(path, Buffer.from(text), before);
      if (result.outcome === "stale") throw Object.assign(new Error("stale"), { code: "stale" });
      current.set(path, result.revision);
    });
  const log = async (key: string, text: string) => {
    const number = journal.next();
    await step({ number, key, text }, () => journal.append(key, { text }));
    return number;
  };

  for (let round = 0; round < Number(rounds); round += 1) {
    const version = `${process.pid}-${round}`;
    await log("one", `question ${version}`);
    await put("conversations/one.chat.md", `first ${version}`);
    journal.appendSoon("long", { text: `kept ${version}` });
    const answered = await log("one", `answer ${version} ${"a".repeat(300)}`);
    await put("conversations/one.chat.md", `second ${version} ${"b".repeat(9_000)}`);
    say({ event: "released", key: "one", number: answered });
    journal.release("one", answered);
    await put(`conversations/${version}/two.chat.md`, `nested ${version}`);
    await Promise.all([log("two", `x ${version} ${"c".repeat(400)}`), log("three", `y ${version}`)]);
    await put("conversations/one.chat.md", `third ${version}`);
    await log("two", `z ${version} ${"d".repeat(500)}`);
    await step({ path: "conversations/one.chat.md", text: "gone" }, async () => {
      const revision = current.get("conversations/one.chat.md");
      if (revision === undefined) throw new Error("nothing to remove");
      await store.remove("conversations/one.chat.md", revision);
      current.delete("conversations/one.chat.md");
    });
  }
  say({ event: "closing" });
  await journal.close().catch(() => undefined);
  await store.close();
  say({ event: "end" });
}

await main();
