/** `folio conversation merge` as git calls it. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseConversation } from "../../shared/chat-format/parse-conversation.ts";
import { type CommandPlace, makeCommandPlace, removeCommandPlace, runFolio } from "./run-folio.ts";

let place: CommandPlace;

beforeEach(() => {
  place = makeCommandPlace();
});
afterEach(() => removeCommandPlace(place));

const FOLIO = join(import.meta.dirname, "../../bin/folio.mjs");
const FILE = "conversations/a.chat.md";

const turn = (id: string, parent: string, text: string) =>
  `### You <!-- message id=${id} parent=${parent} role=user -->\n\n${text}\n\n`;
const front = (head: string) => `---\nformat: chat.md/1\nid: 7k2m9qd4xa\ntitle: T\nhead: ${head}\n---\n`;
const base = `${front("b")}${turn("a", "root", "one")}${turn("b", "a", "two")}`;
const read = () => readFileSync(join(place.folder, FILE), "utf8");
const textsOf = (file: string) => parseConversation(Buffer.from(file)).messages.map(({ text }) => text);

function git(...args: string[]): string {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"];
  const env = { PATH: process.env["PATH"], HOME: place.base, GIT_CONFIG_NOSYSTEM: "1" };
  return execFileSync("git", [...identity, ...args], { cwd: place.folder, env, encoding: "utf8", stdio: "pipe" });
}

/** Two branches that come from `before`. */
function branch(before: string, ours: string, theirs: string): void {
  git("init", "-q", "-b", "main");
  git("config", "merge.folio-conversation.driver", `"${process.execPath}" "${FOLIO}" conversation merge %O %A %B %P`);
  place.put(".gitattributes", "*.chat.md -text diff=markdown merge=folio-conversation\n");
  place.put(FILE, before);
  git("add", ".");
  git("commit", "-qm", "base");
  git("checkout", "-qb", "laptop");
  place.put(FILE, theirs);
  git("commit", "-qam", "theirs");
  git("checkout", "-q", "main");
  place.put(FILE, ours);
  git("commit", "-qam", "ours");
}

test("git unites two branches that both went on with a conversation, without a conflict", () => {
  const ours = base.replace(front("b"), front("c")) + turn("c", "b", "ours\n\nequal lines\n\nend of ours");
  const theirs = base.replace(front("b"), front("d")) + turn("d", "b", "theirs\n\nequal lines\n\nend of theirs");
  branch(base, ours, theirs);
  git("merge", "-q", "--no-edit", "laptop");
  const merged = parseConversation(readFileSync(join(place.folder, FILE)));
  expect(merged.problems).toEqual([]);
  expect(merged.path).toEqual(["a", "b", "c"]);
  expect(textsOf(read())).toEqual([
    ...["one", "two", "ours\n\nequal lines\n\nend of ours", "theirs\n\nequal lines\n\nend of theirs"],
  ]);
  expect(git("status", "--porcelain")).toBe("");
});

test("a file of another format is left to the person: git tells of a conflict and keeps ours", () => {
  const other = base.replace("chat.md/1", "chat.md/9");
  branch(base, base + turn("c", "b", "ours"), other);
  expect(() => git("merge", "-q", "--no-edit", "laptop")).toThrow("Nothing was merged");
  expect(read()).toBe(base + turn("c", "b", "ours"));
  expect(git("status", "--porcelain")).toContain(`UU ${FILE}`);
});

test("a file that cannot be read gives exit code 2 and writes nothing", async () => {
  place.put("ours.chat.md", base);
  place.put("theirs.chat.md", base + turn("c", "b", "theirs"));
  const missing = await runFolio(place, ["conversation", "merge", "gone", "ours.chat.md", "theirs.chat.md"]);
  expect([missing.code, missing.out]).toEqual([2, ""]);
  expect(missing.err).toContain("Nothing was merged.");
  expect((await runFolio(place, ["conversation", "merge", "ours.chat.md"])).code).toBe(2);
  expect(readFileSync(join(place.folder, "ours.chat.md"), "utf8")).toBe(base);
});

test("an empty base is none: both sides added the file", async () => {
  place.put("base", "");
  place.put("ours.chat.md", base + turn("c", "b", "ours"));
  place.put("theirs.chat.md", base + turn("d", "b", "theirs"));
  const { code } = await runFolio(place, ["conversation", "merge", "base", "ours.chat.md", "theirs.chat.md"]);
  expect(code).toBe(0);
  expect(textsOf(readFileSync(join(place.folder, "ours.chat.md"), "utf8"))).toEqual(["one", "two", "ours", "theirs"]);
});
