import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { parseConversation } from "../../shared/chat-format/parse-conversation.ts";
import type { DocumentStore } from "../platform/store/document-store.ts";
import { openFolderStore } from "../platform/store/folder-store.ts";
import { loadMissing, loadSideTexts, moveLongText, type SideTextOwner, writeSideTexts } from "./side-files.ts";
import { spokenText, wholeParts } from "./side-text.ts";

let base: string;
let store: DocumentStore;
let errors: unknown[];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "folio-side-files-"));
  store = openFolderStore({ root: base, locksDirectory: join(base, "locks") });
  errors = [];
});
afterEach(() => rm(base, { recursive: true, force: true }));

const moving = () => ({
  store,
  newId: () => "newpart",
  onError: (_: string, error: unknown) => void errors.push(error),
});
const owner = (path = "a (b) ü.chat.md"): SideTextOwner => ({ path, sideTexts: new Map() });
const long = "x".repeat(262_145);
const shortest = "ü".repeat(131_072);

it("moves what is longer than 262,144 bytes and nothing else", async () => {
  const open = owner();
  const reasoning = { id: "r", type: "reasoning", label: "", attributes: {}, text: long };
  const small = { id: "s", type: "text", label: "", attributes: {}, text: shortest };
  const text = { id: "t", type: "text", label: "", attributes: {}, text: long };
  const body = await moveLongText(moving(), open, { text: shortest, parts: [reasoning, small, text] });
  expect(body.text).toBe(shortest);
  expect(body.parts.slice(0, 2)).toEqual([reasoning, small]);
  expect(body.parts[2]?.attributes["bytes"]).toBe("262145");
  expect(body.parts[2]?.text).toMatch(
    /^\[The whole text, 257 KiB\]\(a%20%28b%29%20%C3%BC\.files\/t-[0-9a-f]{12}\.md\)\n\nx+ …$/,
  );
  expect(Buffer.byteLength(body.parts[2]?.text ?? "")).toBeLessThanOrEqual(4096);
});

it("puts a message's own text first among its parts, and the whole of it is read in its place", async () => {
  const open = owner();
  const error = { id: "e", type: "error", label: "", attributes: {}, text: "cut" };
  const body = { id: "m", ...(await moveLongText(moving(), open, { text: `${long}\nend`, parts: [error] })) };
  expect(body.text).toBe("");
  const whole = wholeParts(body, open.sideTexts);
  expect(whole.map(({ type, attributes }) => [type, attributes])).toEqual([
    ["text", {}],
    ["error", {}],
  ]);
  expect(spokenText(body, open.sideTexts)).toBe(`${long}\nend`);
});

it("writes over no file that is there, and leaves the text where it was", async () => {
  const { parts } = await moveLongText(moving(), owner(), { text: long, parts: [] });
  const path = join(base, parts[0]?.attributes["src"] ?? "");
  expect((await moveLongText(moving(), owner(), { text: long, parts: [] })).parts).toEqual(parts);
  await writeFile(path, "somebody's own");
  expect(await moveLongText(moving(), owner(), { text: long, parts: [] })).toEqual({ text: long, parts: [] });
  expect(await readFile(path, "utf8")).toBe("somebody's own");
});

it("leaves a text where it was when the side file cannot be written", async () => {
  await writeFile(join(base, "a.files"), "not a folder");
  const open = owner("a.chat.md");
  expect(await moveLongText(moving(), open, { text: long, parts: [] })).toEqual({ text: long, parts: [] });
  expect(open.sideTexts.size).toBe(0);
  expect(errors).toHaveLength(1);
});

it("reads only what lies right in the conversation's own folder, whatever a file asks for", async () => {
  await writeFile(join(base, "secret.md"), "secret");
  await store.write("a.files/in.md", Buffer.from("in"), undefined);
  await store.write("a.files/deep/er.md", Buffer.from("deep"), undefined);
  await store.write("b.files/of-another.md", Buffer.from("other"), undefined);
  const asked = [
    "old-name.files/in.md",
    "a.files/../secret.md",
    "../secret.md",
    "a.files/deep/er.md",
    "b.files/of-another.md",
  ];
  const units = asked.map((src, index) => `### X <!-- part id=p${index} type=text src=${src} -->\n\nshown\n\n`);
  const text = `### You <!-- message id=q parent=root role=user -->\n\nq\n\n${units.join("")}`;
  const texts = await loadSideTexts(store, "a.chat.md", parseConversation(new TextEncoder().encode(text)));
  expect([...texts.values()]).toEqual([
    { text: "in" },
    { problem: "side-unreadable" },
    { problem: "side-unreadable" },
    { problem: "side-unreadable" },
    { problem: "side-missing" },
  ]);
});

it("brings texts along to another name", async () => {
  const open = owner("a.chat.md");
  await moveLongText(moving(), open, { text: long, parts: [] });
  await writeSideTexts(store, "below/b.chat.md", open.sideTexts);
  expect(await readdir(join(base, "below/b.files"))).toEqual(await readdir(join(base, "a.files")));
});

it("looks again for a missing text alone, and not for those that it has", async () => {
  const here = await moveLongText(moving(), owner(), { text: long, parts: [] });
  const away = await moveLongText(moving(), owner(), { text: `${long}y`, parts: [] });
  const file = [here, away].map(({ parts }, at) => {
    const { src, sha256 } = parts[0]?.attributes ?? {};
    return `### You <!-- message id=m${at} parent=root role=user -->\n\n### T <!-- part id=p${at} type=text src=${JSON.stringify(src)} sha256=${sha256} -->\n\nx\n\n`;
  });
  const conversation = parseConversation(new TextEncoder().encode(file.join("")));
  const lost = join(base, away.parts[0]?.attributes["src"] ?? "");
  await rm(lost);
  const reads: string[] = [];
  const counting: DocumentStore = { ...store, read: (path) => (reads.push(path), store.read(path)) };
  const path = "a (b) ü.chat.md";
  const open = { path, conversation, sideTexts: await loadSideTexts(counting, path, conversation) };
  await loadMissing(counting, open);
  expect(reads).toHaveLength(3);
  await writeFile(lost, `${long}y`);
  await loadMissing(counting, open);
  expect(reads).toHaveLength(4);
  expect([...open.sideTexts.values()]).toEqual([{ text: long }, { text: `${long}y` }]);
});
