/** Files and folders that this account may not read or write; an administrator may everything, so it becomes nobody. */
import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

/** Lists, then tries each verb on each path, and prints what came of it. */
const PROGRAM = `
  import { openFolderStore } from ${JSON.stringify(new URL("../../server/platform/store/folder-store.ts", import.meta.url).href)};
  const [above, ...paths] = process.argv.slice(1);
  if (${isRoot}) process.setgroups([]), process.setgid(${NOBODY}), process.setuid(${NOBODY});
  const skipped = [];
  const onSkipped = ({ path, reason }) => skipped.push(reason + " " + path);
  const store = openFolderStore({ root: above + "/root", locksDirectory: above + "/locks", onSkipped });
  const listed = [];
  for await (const batch of store.list("", ".md")) for (const { path } of batch) listed.push(path);
  const results = {};
  const outcome = (promise) => promise.then((result) => result.outcome ?? "read", (error) => error.code);
  for (const path of paths) {
    const revision = await store.read(path).then((document) => document.revision, () => undefined);
    results[path] = [await outcome(store.read(path)), await outcome(store.write(path, Buffer.from("new"), revision))];
  }
  await store.close();
  console.log(JSON.stringify({ listed: listed.sort(), skipped, results }));
`;

let above: string;

beforeEach(() => {
  above = mkdtempSync(join(tmpdir(), "folio-permission-"));
  for (const folder of ["root/open", "root/closed", "root/fixed", "locks"])
    mkdirSync(join(above, folder), { recursive: true });
  for (const path of ["root/open/a.md", "root/open/secret.md", "root/closed/b.md", "root/fixed/c.md"]) {
    writeFileSync(join(above, path), "old");
  }
  if (!isRoot) return;
  for (const path of [
    "",
    "root",
    "root/open",
    "root/open/a.md",
    "root/open/secret.md",
    "root/closed",
    "root/fixed",
    "locks",
  ]) {
    chownSync(join(above, path), NOBODY, NOBODY);
  }
});

afterEach(() => {
  for (const folder of ["root/closed", "root/fixed"]) chmodSync(join(above, folder), 0o755);
  rmSync(above, { recursive: true });
});

test("what may not be read or written is told, and everything else works", () => {
  chmodSync(join(above, "root/open/secret.md"), 0o200);
  chmodSync(join(above, "root/closed"), 0o000);
  chmodSync(join(above, "root/fixed"), 0o555);
  const paths = ["open/a.md", "open/secret.md", "closed/b.md", "fixed/c.md", "fixed/new.md"];
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", PROGRAM, above, ...paths], {
    encoding: "utf8",
  });
  expect(JSON.parse(output)).toEqual({
    listed: ["fixed/c.md", "open/a.md", "open/secret.md"],
    skipped: ["no-permission closed"],
    results: {
      "open/a.md": ["read", "written"],
      "open/secret.md": ["no-permission", "no-permission"],
      "closed/b.md": ["no-permission", "no-permission"],
      "fixed/c.md": ["read", "no-permission"],
      "fixed/new.md": ["not-found", "no-permission"],
    },
  });
  expect(readFileSync(join(above, "root/open/a.md"), "utf8")).toBe("new");
});
