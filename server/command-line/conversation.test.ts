// oxlint-disable vitest/valid-expect -- a message names the seed or the text
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hostileModel, seededChance } from "../../shared/chat-format/adversarial-rig.ts";
import { composeConversation } from "../../shared/chat-format/compose-conversation.ts";
import { writeConversation } from "../../shared/chat-format/parse-conversation.ts";
import { conversationCommand } from "./conversation.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "folio-conversation-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function run(args: readonly string[], stdin = "") {
  const output: Buffer[] = [];
  let errors = "";
  async function* input() {
    const bytes = Buffer.from(stdin);
    for (let start = 0; start < bytes.length; start += 7) yield bytes.subarray(start, start + 7);
  }
  const code = await conversationCommand(args, {
    stdin: input(),
    stdout: (text) => output.push(Buffer.from(text)),
    stderr: (text) => {
      errors += text;
    },
    readFile: (path) => readFile(path),
    writeFile: (path, bytes) => writeFile(path, bytes),
    isFolder: () => Promise.resolve(false),
    programFolder: folder,
  });
  return { code, bytes: Buffer.concat(output), text: Buffer.concat(output).toString(), errors };
}

async function save(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

test("parse prints one JSON object a file, in the documented shape", async () => {
  const file = await save(
    "a.chat.md",
    "---\nformat: chat.md/1\ntitle: T\n---\npre\n\n### You · ü <!-- message id=a parent=root role=user at=1 eol=crlf -->\n\nhi\r\nü\n\n" +
      "### P <!-- part id=p type=text x=1 -->\n\npart\n\n",
  );
  const { code, text } = await run(["parse", file, "--json"]);
  expect(code).toBe(0);
  expect(JSON.parse(text)).toEqual({
    file,
    front: { format: "chat.md/1", title: "T" },
    frontRaw: "---\nformat: chat.md/1\ntitle: T\n---\n",
    preamble: "pre\n\n",
    messages: [
      {
        ...{ id: "a", parent: "root", role: "user", label: "You · ü", attributes: { at: "1" }, text: "hi\r\nü" },
        parts: [{ id: "p", type: "text", label: "P", attributes: { x: "1" }, text: "part" }],
      },
    ],
    path: ["a"],
    problems: [],
  });
});

test("problems give exit code 1, a file that cannot be read 2, and the others are still printed", async () => {
  const good = await save("good.chat.md", "### You <!-- message id=a role=user -->\nx\n");
  const bad = await save("bad.chat.md", "### You <!-- message id=a -->\nx\n");
  expect(await run(["parse", bad, good, "--json"])).toMatchObject({ code: 1 });
  const missing = await run(["parse", join(folder, "gone"), good, "--json"]);
  expect(missing.code).toBe(2);
  expect(missing.errors).toContain("gone cannot be read");
  expect(missing.text.trim().split("\n")).toHaveLength(1);
});

test("parse and write are the identity on what write wrote", async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const bytes = writeConversation(composeConversation(hostileModel(seededChance(seed))));
    const parsed = await run(["parse", await save("x.chat.md", bytes), "--json"]);
    const written = await run(["write"], parsed.text);
    expect(written.bytes.equals(Buffer.from(bytes)), `seed ${seed}`).toBe(true);
  }
});

test("write --json takes many lines and prints a text for each", async () => {
  const line = (file: string) =>
    JSON.stringify({ file, front: { title: file }, messages: [{ id: "a", parent: "root", text: "x" }] });
  const { code, text } = await run(["write", "--json"], `${line("one")}\n\n${line("two")}\n`);
  expect(code).toBe(0);
  const body = "###  <!-- message id=a parent=root role=user -->\n\nx\n\n";
  const printed = text.trim().split("\n");
  expect(printed.map((json) => JSON.parse(json))).toEqual(
    ["one", "two"].map((file) => ({ file, text: `---\nformat: chat.md/1\ntitle: ${file}\n---\n${body}` })),
  );
});

test("bytes that are not UTF-8 survive parse and write", async () => {
  const bytes = Buffer.concat([
    Buffer.from("---\nformat: chat.md/1\n---\n### L <!-- message id=a parent=root role=user -->\n\nx"),
    Buffer.from([0xff, 0xfe]),
    Buffer.from("\n\\### a <!-- message -->\n\n"),
  ]);
  const parsed = await run(["parse", await save("x.chat.md", bytes), "--json"]);
  expect(parsed.code).toBe(1);
  expect((await run(["write"], parsed.text)).bytes.equals(bytes)).toBe(true);
});

test("what is not a conversation, and a command that does not exist, say so and give 2", async () => {
  for (const input of ["", "{", "[]", '{"messages":[{"id":1}]}', '{"messages":[]}\n{"messages":[]}']) {
    const { code, errors } = await run(["write"], input);
    expect(code, input).toBe(2);
    expect(errors, input).not.toBe("");
  }
  for (const args of [[], ["parse", "x"], ["parse", "--json"], ["write", "x"], ["read"]]) {
    expect(await run(args), args.join(" ")).toMatchObject({ code: 2, text: "" });
  }
});
