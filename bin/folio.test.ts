import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const launcher = join(import.meta.dirname, "folio.mjs");
const conversation =
  "---\nformat: chat.md/1\nid: 7k2m9qd4xa\n---\n# T\n\n### You <!-- message id=a1 parent=root role=user -->\n\nhello\n\n";
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "folio-launch-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("says its version, that of package.json", () => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8"));
  expect(folio(["--version"])).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: "" });
});

test("a word that it does not know ends with code 2 and says which", () => {
  const { status, stdout, stderr } = folio(["--colour", "red", "--version"]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain("--colour");
});

test("parse and write, one piped into the other, give the same bytes and print nothing else", () => {
  const file = join(folder, "a.chat.md");
  writeFileSync(file, conversation);
  const parsed = folio(["conversation", "parse", file, "--json"]);
  expect(parsed).toMatchObject({ status: 0, stderr: "" });
  expect(folio(["conversation", "write"], parsed.stdout)).toMatchObject({
    status: 0,
    stdout: conversation,
    stderr: "",
  });
});

test("a reader that has seen enough is no failure", () => {
  const file = join(folder, "long.chat.md");
  writeFileSync(file, conversation.replace("hello", "hello ".repeat(200_000)));
  const command = `"$1" "$2" conversation parse "$3" --json | head -c 10; echo " code \${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", command, "bash", process.execPath, launcher, file], {
    encoding: "utf8",
  });
  expect({ stdout, stderr }).toEqual({ stdout: '{"file":"/ code 0\n', stderr: "" });
});

function folio(args: readonly string[], input = "") {
  return spawnSync(process.execPath, [launcher, ...args], { encoding: "utf8", input });
}
