import { expect, test } from "vitest";
import { splitConflict } from "./split-conflict.ts";

const split = (file: string) => {
  const found = splitConflict(new TextEncoder().encode(file));
  if (found.outcome !== "split") return found;
  const { ours, theirs, base, names } = found.sides;
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
  return { ours: text(ours), theirs: text(theirs), names, ...(base && { base: text(base) }) };
};
const turn = (id: string, body: string) => `### You <!-- message id=${id} parent=root role=user -->\n\n${body}\n\n`;

test("the sides are what stood in each file, in the front matter and between messages", () => {
  const file =
    "---\n<<<<<<< HEAD\nhead: b\n=======\nhead: c\n>>>>>>> laptop\n---\n" +
    `${turn("a", "one\n=======\nunderlined")}<<<<<<< HEAD\n${turn("b", "ours")}=======\n${turn("c", "theirs")}>>>>>>> laptop\n`;
  expect(split(file)).toEqual({
    ours: `---\nhead: b\n---\n${turn("a", "one\n=======\nunderlined")}${turn("b", "ours")}`,
    theirs: `---\nhead: c\n---\n${turn("a", "one\n=======\nunderlined")}${turn("c", "theirs")}`,
    names: { ours: "HEAD", theirs: "laptop" },
  });
});

test("markers of style diff3 say what was there before, unless several bases were merged into it", () => {
  const file = (before: string) =>
    `${turn("a", "one")}<<<<<<< HEAD\r\n${turn("b", "ours")}||||||| 123abc\n${before}=======\n${turn("b", "theirs")}>>>>>>> x\n`;
  expect(split(file(turn("b", "before")))).toMatchObject({ base: turn("a", "one") + turn("b", "before") });
  expect(split(file("<<<<<<<<< Temporary merge branch 1\nx\n"))).not.toHaveProperty("base");
});

test("a conflict inside one message belongs to the merge when it is called the same, else it is text", () => {
  const real = `<<<<<<< HEAD\n${turn("b", "ours")}=======\n${turn("c", "theirs")}>>>>>>> laptop\n`;
  const inside = (name: string) => turn("a", `<<<<<<< ${name}\nmine\n=======\nyours\n>>>>>>> laptop\nend`);
  expect(split(inside("HEAD") + real)).toMatchObject({
    ours: turn("a", "mine\nend") + turn("b", "ours"),
    theirs: turn("a", "yours\nend") + turn("c", "theirs"),
  });
  expect(split(inside("quoted") + real)).toMatchObject({ ours: inside("quoted") + turn("b", "ours") });
  expect(split(inside("HEAD"))).toEqual({ outcome: "none" });
});

test("markers that cannot be told apart are said to be so, with their line", () => {
  const [ours, theirs] = [turn("b", "ours"), turn("c", "theirs")];
  expect(split(`<<<<<<< a\n${ours}<<<<<<< a\n=======\n${theirs}>>>>>>> b\n`)).toEqual({ outcome: "unclear", line: 6 });
  expect(split(`<<<<<<< a\n${ours}=======\nx\n=======\n${theirs}>>>>>>> b\n`)).toEqual({ outcome: "unclear", line: 8 });
  expect(split(`<<<<<<< a\n${ours}=======\n${theirs}`)).toEqual({ outcome: "unclear", line: 1 });
  expect(split(`<<<<<<< a\n${ours}>>>>>>> b\n`)).toEqual({ outcome: "unclear", line: 6 });
});
