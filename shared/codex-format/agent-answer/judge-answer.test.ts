import fc from "fast-check";
import { expect, test } from "vitest";
import { lintDocument } from "../documents/lint-document.ts";
import type { AnswerToJudge } from "./judge-answer.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { likeTheOldFile } from "./like-the-old-file.ts";
import { readAgentAnswer } from "./read-agent-answer.ts";

const target = ".codex/PRD.md";

function judge(answer: string, more: Partial<AnswerToJudge> = {}) {
  const read = readAgentAnswer(answer, { agent: "doc_writer", target: more.target ?? target, roster: ["doc_writer"] });
  return judgeAnswer({ answer: read, finishReason: "stop", oldText: "", target, lint: lintDocument, ...more });
}

function withMetadata(fields: object, document = "# New\n"): string {
  return `${document}\n\`\`\`task-metadata\n${JSON.stringify(fields)}\n\`\`\`\n\nOnce complete, invoke task_logger\n`;
}

test("a good answer is a proposal with its summary", () => {
  expect(judge(withMetadata({ summary: "  Wrote\n the PRD. ", output_files: [target] }))).toEqual({
    ...{ outcome: "proposal", text: "# New\n", summary: "Wrote the PRD.", notes: [] },
  });
});

test("a summary that is missing is said in other words; one that is too long is cut", () => {
  expect(judge("# New\n")).toMatchObject({ summary: "(no summary given)" });
  expect(judge("# New\n", { changeSummary: "Added two sections." })).toMatchObject({ summary: "Added two sections." });
  expect(judge(withMetadata({ summary: "<one sentence: what changed and why>" }))).toMatchObject({
    summary: "(no summary given)",
  });
  const long = judge(withMetadata({ summary: "🧱".repeat(600) }));
  expect(long).toMatchObject({ summary: `${"🧱".repeat(499)}…` });
});

test.each([
  ["empty", ""],
  ["empty", "\n \u200b\n"],
  ["empty", withMetadata({ summary: "nothing" }, "")],
  ["wrong-target", withMetadata({ output_files: [".codex/AGENTS.md"] })],
  ["wrong-target", withMetadata({ output_files: ["src/app.ts"] })],
  ["wrong-target", withMetadata({ output_files: ["../.codex/PRD.md"] })],
  ["wrong-target", "File: .codex/ARCHITECTURE.md\n# A\n"],
  ["wrong-target", "```markdown .codex/config.toml\n# A\n```\n"],
  ["two-files", withMetadata({ output_files: [target, ".codex/AGENTS.md"] })],
  ["two-files", withMetadata({ output_files: [target, "TASK-LOG.json"] })],
  ["two-files", "**.codex/PRD.md**\n```markdown\n# A\n```\n**.codex/X.md**\n```markdown\n# B\n```\n"],
  ["lint", "# Architecture Document Template\n\nText.\n"],
  ["lint", "# A\n\n{{PROJECT_NAME}}\n"],
  ["lint", "````markdown\n```markdown\n# A\n```\n````\n"],
  ["lint", "# A\n\ntext\n\nThis document provides a comprehensive overview.\n"],
])("%s refuses %j", (code, answer) => {
  const verdict = judge(answer);
  expect(verdict).toMatchObject({ outcome: "refused", code });
  expect("reason" in verdict && verdict.reason).toMatch(/^[A-Z].+/);
});

test.each([
  ["its own name", withMetadata({ output_files: ["PRD.md"] })],
  ["its own name with other signs", withMetadata({ output_files: ["./.codex/prd.md"] })],
  ["no file", withMetadata({ output_files: [] })],
  ["source files beside its own", withMetadata({ output_files: [target, "src/app.ts"] })],
  ["another file in its text", "# A\n\nSee `.codex/ARCHITECTURE.md` and `.codex/AGENTS.md`.\n"],
])("an answer that names %s is a proposal", (_, answer) => {
  expect(judge(answer).outcome).toBe("proposal");
});

test("an answer that broke off is refused, whatever it holds", () => {
  expect(judge("# A\n", { finishReason: "length" })).toMatchObject({ outcome: "refused", code: "truncated" });
  expect(judge("# A\n", { finishReason: "content-filter" })).toMatchObject({ code: "truncated" });
});

test("a document that ends inside a fence is proposed with a note", () => {
  expect(judge("# A\n\n```sh\nls\n")).toMatchObject({
    outcome: "proposal",
    notes: [expect.stringContaining("broken off")],
  });
});

test.each([
  ["# A\r\n\r\nx\r\n", "# A\n\nx\n"],
  ["\ufeff# A\n", "# A\n"],
  ["# A", "# A\n\n\n"],
])("%j is unchanged by %j", (oldText, answer) => {
  expect(judge(answer, { oldText })).toMatchObject({ outcome: "refused", code: "unchanged" });
});

test("the text keeps line ends, byte order mark and last line of the old file", () => {
  expect(judge("# B\n\nx\n", { oldText: "\ufeff# A\r\n\r\nx" })).toMatchObject({ text: "\ufeff# B\r\n\r\nx" });
});

test("of a file that agents only add to, records are checked and old faults do not count", () => {
  const oldText = "# Board\n\n{{OLD}}\n";
  const checkTarget = (old: string, next: string) => (next.startsWith(old) ? undefined : "A record is gone.");
  const ask = (answer: string) => judge(answer, { oldText, checkTarget, target: ".codex/PROPOSED-TASKS.md" });
  expect(ask("# Board\n")).toMatchObject({ outcome: "refused", code: "changed-records", reason: "A record is gone." });
  expect(ask(`${oldText}\nmore\n`)).toMatchObject({
    outcome: "proposal",
    notes: [expect.stringContaining("1 fault ")],
  });
  expect(ask(`${oldText}\n{{NEW}}\n`)).toMatchObject({ outcome: "refused", code: "lint" });
  expect(judge(`${oldText}\nmore\n`, { oldText })).toMatchObject({ outcome: "refused", code: "lint" });
});

test.each([
  ["", "a\r\nb", "a\nb\n"],
  ["x\r\ny\r\n", "a\nb\n\n", "a\r\nb\r\n"],
  ["x\r\ny\nz\n", "a\nb", "a\nb\n"],
  ["x", "a\n", "a"],
  ["\ufeffx\n", "a", "\ufeffa\n"],
  ["x\n", "\ufeffa", "a\n"],
])("over %j, %j becomes %j", (old, text, bytes) => {
  expect(Buffer.from(likeTheOldFile(Buffer.from(old), text)).toString()).toBe(bytes);
});

test("what is like the old file stays like it", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (old, text) => {
      const once = likeTheOldFile(Buffer.from(old), text);
      expect(likeTheOldFile(Buffer.from(old), Buffer.from(once).toString())).toEqual(once);
    }),
  );
});
