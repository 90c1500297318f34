// oxlint-disable vitest/valid-expect -- a message names the seed or the text
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { deriveId } from "./derive-id.ts";
import { parseConversation, writeConversation } from "./parse-conversation.ts";
import { sha256 } from "./sha256.ts";

const read = (text: string) => parseConversation(new TextEncoder().encode(text));
const reasons = (text: string) => read(text).problems.map(({ line, reason }) => `${line} ${reason}`);
const texts = (text: string) => read(text).messages.map((message) => message.text);
const tree = (text: string) => read(text).messages.map(({ id, parent }) => `${id}<${parent}`);
const unit = (attributes: string, body = "x") => `### L <!-- message ${attributes} -->\n\n${body}\n\n`;

const EXAMPLE = `---
format: chat.md/1
id: 7k2m9qd4xa
title: Fix the parser
created: 2026-01-05T10:12:00Z
head: c3
---
# Fix the parser

### You <!-- message id=a1 parent=root role=user at=2026-01-05T10:12:00Z -->

Why does this line split my chat?

\\### You <!-- message id=x role=user -->

### Assistant · local-7b <!-- message id=b2 parent=a1 role=assistant model=local-7b -->

Because it is a marker. Look it up first:

### 🔧 search <!-- part id=p1 type=tool-call name=search call=k1 wrap=fence -->

\`\`\`json
{"q":"marker"}
\`\`\`

### You <!-- message id=c3 parent=b2 role=user -->

Thanks
`;

test("the example of the format reads as it says", () => {
  const conversation = read(EXAMPLE);
  expect(Object.fromEntries(conversation.front)).toMatchObject({ format: "chat.md/1", title: "Fix the parser" });
  expect(conversation.preamble).toBe("# Fix the parser\n\n");
  expect(conversation.messages).toMatchObject([
    { id: "a1", parent: "root", role: "user", label: "You", attributes: { at: "2026-01-05T10:12:00Z" }, parts: [] },
    { id: "b2", parent: "a1", role: "assistant", label: "Assistant · local-7b", attributes: { model: "local-7b" } },
    { id: "c3", parent: "b2", role: "user", text: "Thanks" },
  ]);
  expect(conversation.messages[0]?.text).toBe(
    "Why does this line split my chat?\n\n### You <!-- message id=x role=user -->",
  );
  expect(conversation.messages[1]?.parts).toMatchObject([
    { id: "p1", type: "tool-call", text: '{"q":"marker"}', attributes: { name: "search", call: "k1", wrap: "fence" } },
  ]);
  expect(conversation.path).toEqual(["a1", "b2", "c3"]);
  expect(conversation.problems).toEqual([]);
  expect(Buffer.from(writeConversation(conversation)).toString()).toBe(EXAMPLE);
});

test("a marker is read only in its exact form", () => {
  const valid = [
    "### a <!-- message -->",
    "###  <!-- message -->",
    "### a <!-- message -->\t \r",
    '### <!-- <!-- message x="a\\"\\u002d\\u002d" -->',
    "### a --> <!-- message a-b=C:/@+._- -->",
  ];
  const invalid = [
    "### <!-- message -->",
    " ### a <!-- message -->",
    "#### a <!-- message -->",
    "### a <!-- message-->",
    "### a <!--  message -->",
    "### a <!-- message  id=a -->",
    "### a <!-- message id=a  -->",
    "### a<!-- message -->",
    "### a <!-- message id= -->",
    "### a <!-- message id -->",
    "### a <!-- message Id=a -->",
    "### a <!-- message a=1 a=2 -->",
    "### a <!-- message a=x--y -->",
    "### a <!-- message a--b=1 -->",
    '### a <!-- message a="--" -->',
    '### a <!-- message a="<" -->',
    '### a <!-- message a="<\\u003c" -->',
    '### a <!-- message a="\u2028" -->',
    "### a <!-- message a='1' -->",
    '### a <!-- message a="\\x" -->',
    "### a <!-- note -->",
    "### a <!-- message --> x",
    "### a\r <!-- message -->",
    "### a <!-- message a=\u00e9 -->",
    "### a <!-- messages -->",
  ];
  for (const line of valid) expect(read(`${line}\ntext`).messages.length, line).toBe(1);
  for (const line of invalid) expect(read(`${line}\ntext`).messages.length, line).toBe(0);
});

test("only LF ends a line", () => {
  for (const end of ["\r", "\v", "\f", "\u0085", "\u2028", "\u2029"]) {
    expect(texts(unit("id=a", `x${end}### L <!-- message id=b -->`)), JSON.stringify(end)).toHaveLength(1);
  }
});

test("framing is one line end behind the marker and up to two at the end", () => {
  const marker = "### L <!-- message id=a -->";
  for (const body of ["", "\n", "\n\n", "\n\n\n"]) expect(texts(`${marker}\n${body}`)).toEqual([""]);
  expect(texts(marker)).toEqual([""]);
  expect(texts(`${marker}\n\n\n\n\n`)).toEqual(["\n"]);
  expect(texts(`${marker}\ntext`)).toEqual(["text"]);
  expect(texts(`${marker}\n\n\ntext\n\n\n`)).toEqual(["\ntext\n"]);
  expect(texts(`${marker}\ntext\n${marker.replace("=a", "=b")}\n`)).toEqual(["text", ""]);
});

test("escaped lines lose one back-slash and near misses none", () => {
  const lines = [
    "\\### a <!-- message -->",
    "\\\\### a <!-- part x-->\t",
    "\\<!-- guard -->",
    "\\### a <!-- messages -->",
    "\\x",
  ];
  expect(texts(unit("id=a", lines.join("\n")))).toEqual([
    ["### a <!-- message -->", "\\### a <!-- part x-->\t", "<!-- guard -->", "\\### a <!-- messages -->", "\\x"].join(
      "\n",
    ),
  ]);
});

test("a guard is taken off only behind a closer and a body line", () => {
  expect(texts(unit("id=a", "```\nx\n```\n<!-- guard -->"))).toEqual(["```\nx"]);
  expect(texts(unit("id=a", "x\n</pre>\n<!-- guard -->"))).toEqual(["x"]);
  for (const body of ["```\n<!-- guard -->", "x\n``\n<!-- guard -->", "x\n``` \n<!-- guard -->", "x\n<!-- guard -->"]) {
    expect(texts(unit("id=a", body)), body).toEqual([body]);
  }
});

test("line ends are judged for each unit", () => {
  const crlf = "### L <!-- message id=a -->\r\n\r\na\r\nb\r\n\r\n";
  expect(texts(crlf)).toEqual(["a\nb"]);
  expect(texts(crlf.replace("id=a", "id=a eol=crlf"))).toEqual(["a\r\nb"]);
  expect(texts(crlf.replace("a\r\nb", "a\nb"))).toEqual(["a\nb"]);
  expect(texts(crlf.replace("a\r\nb", "a\nb\r\nc"))).toEqual(["a\nb\r\nc"]);
  expect(texts(unit("id=a", "a\r\nb"))).toEqual(["a\r\nb"]);
  expect(reasons(unit("id=a role=user eol=crlf", "a\nb"))).toEqual(["1 line-ends-changed"]);
  expect(reasons(unit("id=a role=user eol=mixed", "a\r\nb"))).toEqual(["1 line-ends-changed"]);
});

test("wrap and enc that do not fit leave the body as it stands, with a problem", () => {
  const part = (attributes: string, body: string) =>
    read(`${unit("id=a role=user")}### P <!-- part id=p ${attributes} -->\n\n${body}\n`);
  const cases: [string, string, string, string[]][] = [
    ["wrap=fence", "```js\na\n```", "a", []],
    ["wrap=fence", "````\n```\n````", "```", []],
    ["wrap=details", "<details><summary>s</summary>\n\n```\na\n```\n\n</details>", "a", []],
    ["wrap=fence", "```\na```\n```", "```\na```\n```", ["wrap"]],
    ["wrap=fence", "a", "a", ["wrap"]],
    ["wrap=table", "a", "a", ["wrap"]],
    ["enc=json", '"a\\u0000"', "a\0", []],
    ["enc=json", "{}", "{}", ["enc"]],
    ["enc=zip", "a", "a", ["enc"]],
    ["wrap=fence enc=json", '```\n"\\ud800"\n```', "\ud800", []],
    ["src=../secret", "a", "a", ["src"]],
    ["src=x.files/a.png", "a", "a", []],
  ];
  for (const [attributes, body, expected, problems] of cases) {
    const conversation = part(attributes, body);
    expect(conversation.messages[0]?.parts[0]?.text, body).toBe(expected);
    expect(
      conversation.problems.map(({ reason }) => reason),
      body,
    ).toEqual(problems);
  }
});

test("missing, empty, root and repeated ids are derived from text and place", () => {
  const text = `${unit("role=user")}${unit('id="" role=user')}${unit("id=root role=user")}${unit("id=a role=user")}${unit("id=a role=user")}${unit("id=c parent=a role=user")}`;
  const derived = (ordinal: number) => deriveId("x", ordinal, () => false);
  expect(read(text).messages.map(({ id }) => id)).toEqual([derived(1), derived(2), derived(3), "a", derived(5), "c"]);
  expect(read(text).messages[5]?.parent).toBe("a");
  expect(reasons(text)).toEqual(["1 no-id", "5 no-id", "9 no-id", "17 duplicate-id"]);
  expect(derived(1)).toMatch(/^[0-9a-hjkmnp-tv-z]{10}$/);
});

test("the tree is repaired: unknown parents and cycles go to the root", () => {
  expect(tree(unit("id=a parent=gone role=user"))).toEqual(["a<root"]);
  const cycle = unit("id=a parent=c role=user") + unit("id=b parent=a role=user") + unit("id=c parent=b role=user");
  expect(tree(cycle)).toEqual(["a<c", "b<a", "c<root"]);
  expect(read(cycle).path).toEqual(["c", "a", "b"]);
  expect(reasons(unit("id=a parent=a role=user"))).toEqual(["1 cycle"]);
  expect(reasons(unit("id=a parent=gone role=user"))).toEqual(["1 unknown-parent"]);
});

test("who writes at the end of the file goes on with the conversation", () => {
  const divider = "### Other versions <!-- section name=alternates -->\n\n";
  const file =
    unit("id=a parent=root") + unit("id=b parent=a") + divider + unit("id=c parent=a") + unit("id=d") + unit("id=e");
  expect(tree(file)).toEqual(["a<root", "b<a", "c<a", "d<b", "e<d"]);
  expect(read(file).path).toEqual(["a", "b", "d", "e"]);
  const switched = read(`---\nhead: c\n---\n${file}`);
  expect(switched.path).toEqual(["a", "c", "d", "e"]);
});

test("parts before any message belong to a message without marker", () => {
  const file = "### P <!-- part id=p type=text -->\n\nx\n\n";
  expect(read(file).messages).toMatchObject([
    { parent: "root", role: "user", text: "", parts: [{ id: "p", text: "x" }] },
  ]);
  expect(reasons(file)).toEqual(["1 orphan-part"]);
});

test("front matter that is not closed, too long or holds a marker line is text", () => {
  for (const file of ["---\na: b\n", `---\n${"x\n".repeat(33_000)}---\n`, `---\n${unit("id=a role=user")}---\n`]) {
    const conversation = read(file);
    expect(conversation.front.size, file.slice(0, 30)).toBe(0);
    expect(conversation.problems[0]).toMatchObject({ line: 1, reason: "front-invalid" });
    expect(conversation.preamble.startsWith("---\n")).toBe(true);
  }
  const odd = read('\ufeff---\r\ntitle: "a\\u0020b"\r\ntitle: second\r\n  list\r\n__proto__: x\r\n---\r\n');
  expect([...odd.front]).toEqual([
    ["title", "a b"],
    ["__proto__", "x"],
  ]);
});

test("conflicts around our structure and other formats are read-only", () => {
  const conflict = `${unit("id=a role=user", "<<<<<<< ours")}${unit("id=b parent=a role=user", "=======\n>>>>>>> theirs")}`;
  expect(read(conflict).readOnly).toBe("conflict");
  expect(reasons(conflict)).toEqual(["3 conflict"]);
  expect(read("---\n<<<<<<< a\ntitle: x\n=======\ntitle: y\n>>>>>>> b\n---\n").readOnly).toBe("conflict");
  expect(read(unit("id=a", "<<<<<<< ours\n=======\n>>>>>>> theirs")).readOnly).toBeUndefined();
  expect(read("---\nformat: chat.md/2\n---\n").readOnly).toBe("other-format");
});

test("bytes that are not UTF-8 are shown, kept and named by line", () => {
  const bytes = Uint8Array.from([...Buffer.from("### L <!-- message id=a role=user -->\n\nok\nbad "), 0xff, 0x0a]);
  const conversation = parseConversation(bytes);
  expect(conversation.messages[0]?.text).toBe("ok\nbad \ufffd");
  expect(conversation.messages[0]?.raw).toEqual(Uint8Array.from([...Buffer.from("ok\nbad "), 0xff]));
  expect(conversation.problems).toEqual([{ line: 4, reason: "not-utf8" }]);
  expect(writeConversation(conversation)).toEqual(bytes);
});

test("attributes never meet a prototype", () => {
  const [message] = read(unit("id=a constructor=x")).messages;
  expect(message?.attributes["constructor"]).toBe("x");
  expect(message?.attributes["toString"]).toBeUndefined();
});

test("SHA-256 is the platform's", () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 1000]) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 7) & 0xff);
    expect(Buffer.from(sha256(bytes)).toString("hex")).toBe(createHash("sha256").update(bytes).digest("hex"));
  }
});
