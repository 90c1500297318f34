import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAgentAnswer } from "./read-agent-answer.ts";

const target = ".codex/PROPOSED-TASKS.md";
const context = { agent: "planner", target, roster: ["planner", "doc_writer", "Code-Reviewer"] };
const read = (answer: string) => readAgentAnswer(answer, context);
const metadata = (summary = "Proposed three tasks.") =>
  `\`\`\`task-metadata\n{"agent":"planner","task_id":"task-049","date":"2025-07-01","summary":"${summary}","output_files":["${target}"]}\n\`\`\``;
const CHAIN = "Once complete, invoke task_logger";

test("an answer as it is asked for is document, metadata and chain", () => {
  const raw = `{"agent":"planner","task_id":"task-049","date":"2025-07-01","summary":"S","output_files":["${target}"]}\n`;
  expect(read(`# Board\n\ntext\n\n${metadata("S")}\n\n${CHAIN}\n`)).toEqual({
    document: "# Board\n\ntext\n\n",
    isUnwrapped: false,
    labels: [],
    metadata: {
      ...{ raw, agent: "planner", taskId: "task-049", date: "2025-07-01", summary: "S" },
      outputFiles: [target],
    },
    chain: { name: "task_logger", isKnown: true },
    notes: [],
  });
});

test("document, metadata and chain may each stand alone", () => {
  expect(read("# A\n")).toEqual({ document: "# A\n", isUnwrapped: false, labels: [], notes: [] });
  expect(read(`# A\n\n${CHAIN}`)).toMatchObject({ document: "# A\n\n", chain: { name: "task_logger" } });
  expect(read(`# A\n${metadata()}`)).toMatchObject({
    document: "# A\n",
    metadata: { summary: "Proposed three tasks." },
  });
  expect(read(metadata()).document).toBe("");
});

test("line ends of the answer stay, with CRLF the block and the chain are found too", () => {
  const answer = `# A\r\n\r\n${metadata().replaceAll("\n", "\r\n")}\r\n\r\n${CHAIN}\r\n`;
  expect(read(answer)).toMatchObject({
    document: "# A\r\n\r\n",
    metadata: { taskId: "task-049" },
    chain: { isKnown: true },
  });
});

describe("only the last block counts, and only when nothing but the chain line follows", () => {
  test("of two blocks the first is text", () => {
    const answer = read(`# A\n\n${metadata("example")}\n\nb\n\n${metadata("real")}\n\n${CHAIN}`);
    expect(answer.metadata?.summary).toBe("real");
    expect(answer.document).toBe(`# A\n\n${metadata("example")}\n\nb\n\n`);
  });

  test("a block that text follows is text", () => {
    const text = `# A\n\n${metadata("example")}\n\nThe end.\n`;
    expect(read(text)).toEqual({ document: text, isUnwrapped: false, labels: [], notes: [] });
  });

  test("a block in a longer fence is text, at the end too", () => {
    const text = `# A\n\n\`\`\`\`markdown\n${metadata("example")}\n\n${CHAIN}\n\`\`\`\`\n`;
    expect(read(text)).toMatchObject({ document: text, notes: [] });
    expect(read(text).metadata).toBeUndefined();
    expect(read(text).chain).toBeUndefined();
  });

  test("another block's content is no metadata", () => {
    const text = '# A\n\n```json\n{"agent":"planner"}\n```\n';
    expect(read(text).document).toBe(text);
    expect(read(text).metadata).toBeUndefined();
  });

  test("a block that is not closed counts when an object begins in it", () => {
    const answer = read(`# A\n\n\`\`\`task-metadata\n{"summary":"S"}\n`);
    expect(answer).toMatchObject({ document: "# A\n\n", metadata: { summary: "S" } });
    expect(read("# A\n\n```task-metadata\nabout it\n").metadata).toBeUndefined();
  });

  test("a block of tildes counts; one whose fence a shorter one cannot close does not", () => {
    expect(read('# A\n\n~~~task-metadata\n{"summary":"S"}\n~~~').metadata?.summary).toBe("S");
    expect(read('# A\n\n````task-metadata\n{"summary":"S"}\n```').metadata).toBeUndefined();
  });
});

test("a block that is no JSON is kept as it stands, with a note", () => {
  const answer = read("# A\n\n```task-metadata\nagent: planner\n```\n");
  expect(answer.metadata).toEqual({ raw: "agent: planner\n" });
  expect(answer.notes).toEqual(["The metadata block of the answer could not be read."]);
});

test("what the model says of itself and is not so is noted", () => {
  const block = '```task-metadata\n{"agent":"boss","task_id":7,"output_files":"src/a.ts"}\n```';
  expect(read(`# A\n\n${block}`)).toMatchObject({
    metadata: { agent: "boss", outputFiles: ["src/a.ts"] },
    notes: [
      'The answer calls its agent "boss"; the log says planner.',
      "The answer names files that it does not write: src/a.ts.",
    ],
  });
});

describe("the chain line", () => {
  test.each([
    ["Once complete, invoke task_logger", "task_logger"],
    ["Once complete, invoke `doc_writer`.", "doc_writer"],
    ["`Once complete, invoke task_logger`", "task_logger"],
    ["once complete: invoke the doc_writer agent", "doc_writer"],
    ["Once complete invoke TASK_LOGGER", "task_logger"],
    ["- **Once complete, invoke `planner`**", "planner"],
    ["> Once complete, invoke task_logger.", "task_logger"],
    ["_Once complete, invoke task_logger_", "task_logger"],
    ["“Pass control to the `task_logger` agent. Its job is to append a summary of the task.”", "task_logger"],
    ["Pass control to doc_writer, which writes the rest", "doc_writer"],
    ['"Pass control to the `task_logger` agent"', "task_logger"],
    ["Once complete, invoke `code_reviewer`", "Code-Reviewer"],
    ["  * Once complete,   invoke   task_logger  ", "task_logger"],
  ])("%j hands over", (line, name) => {
    expect(read(`# A\n\n${line}\n`)).toMatchObject({ document: "# A\n\n", chain: { name, isKnown: true }, notes: [] });
  });

  test.each([
    "When it is complete, invoke task_logger",
    "Once complete, invoke task_logger and then rest",
    "Once complete, invoke",
    "Please pass control to task_logger",
    "Once complete, invoke “task_logger”",
  ])("%j is text", (line) => {
    expect(read(`# A\n\n${line}\n`)).toEqual({
      document: `# A\n\n${line}\n`,
      isUnwrapped: false,
      labels: [],
      notes: [],
    });
  });

  test("above the last line it is text", () => {
    const text = `# A\n\n${CHAIN}\n\nmore\n`;
    expect(read(text)).toEqual({ document: text, isUnwrapped: false, labels: [], notes: [] });
  });

  test("an agent that nobody knows is text with a notice, and behind a block no part of the document", () => {
    const text = "# A\n\nOnce complete, invoke ghost\n";
    expect(read(text)).toMatchObject({ document: text, chain: { name: "ghost", isKnown: false } });
    expect(read(text).notes[0]).toContain("left in the document");
    const answer = read(`# A\n\n${metadata()}\n\nOnce complete, invoke ghost\n`);
    expect(answer).toMatchObject({ document: "# A\n\n", chain: { name: "ghost", isKnown: false } });
    expect(answer.notes).toHaveLength(1);
  });
});

describe("a fence around the document", () => {
  const body = "# A\n\n```sh\nls\n```\n\nmore\n";

  test.each([
    ["as it should be", `\`\`\`\`markdown\n${body}\`\`\`\`\n`],
    ["no longer than those inside", `\`\`\`markdown\n${body}\`\`\`\n`],
    ["of tildes", `~~~md\n${body}~~~`],
    ["without a word, around a title", `\`\`\`\n${body}\`\`\``],
    ["never closed", `\`\`\`markdown\n${body}`],
    ["behind a line that leads to it", `Here is the updated file:\n\n\`\`\`markdown\n${body}\`\`\``],
  ])("%s is taken off once, with a note", (_, wrapped) => {
    for (const end of ["", `\n\n${metadata()}`, `\n\n${metadata()}\n\n${CHAIN}`]) {
      // A fence that is never closed ends with the block behind it.
      const answer = read(`${wrapped.trimEnd()}${end}`);
      expect(answer.document.trimEnd()).toBe(body.trimEnd());
      expect(answer.isUnwrapped).toBe(true);
      expect(answer.notes).toHaveLength(1);
      expect(answer.metadata === undefined).toBe(end === "");
    }
  });

  test("around the whole answer it is taken off before the block is looked for", () => {
    const answer = read(`\`\`\`markdown\n${body}\n${metadata()}\n\n${CHAIN}\n\`\`\`\n`);
    expect(answer).toMatchObject({ document: `${body}\n`, metadata: { taskId: "task-049" }, chain: { isKnown: true } });
  });

  test("code inside without a word does not end it", () => {
    expect(read("```markdown\n# A\n\n```\nx\n```\n\nmore\n```\n").document).toBe("# A\n\n```\nx\n```\n\nmore\n");
  });

  test("a second one inside stays", () => {
    expect(read("````markdown\n```markdown\n# A\n```\n````\n").document).toBe("```markdown\n# A\n```\n");
  });

  test.each([
    ["a document that begins and ends with code", "```sh\nls\n```\n\ntext\n\n```sh\nls\n```\n"],
    ["a program", "```js\nx\n```\n"],
    ["an example and text", "```markdown\n# Example\n```\n\ntext\n"],
    ["code without a title", "```\nx\n```\n"],
  ])("%s stays", (_, text) => {
    expect(read(text)).toMatchObject({ document: text, isUnwrapped: false });
  });
});

describe("files with their names", () => {
  test.each([
    ["a label in bold", `**File:** \`${target}\`\n\n\`\`\`markdown\n# A\n\`\`\``],
    ["a heading", `### \`${target}\`\n\`\`\`markdown\n# A\n\`\`\``],
    [
      "a number, and a line for the log behind it",
      `1. \`${target}\`\n2. Document:\n\`\`\`markdown\n# A\n\`\`\`\n3. Summary: wrote it`,
    ],
    ["the info of a fence", `\`\`\`markdown title="${target}"\n# A\n\`\`\``],
    ["a rule", `=== ${target} ===\n# A\n`],
    ["a bare name", "FILE: PROPOSED-TASKS.md\n# A\n"],
    ["a comment", `<!-- ${target} -->\n# A\n`],
  ])("one, by %s, is taken out of its frame", (_, text) => {
    expect(read(text)).toMatchObject({ labels: [target], isUnwrapped: true });
    expect(read(text).document.trim()).toBe("# A");
  });

  test.each([
    ["labels", "**.codex/PRD.md**\n```markdown\n# A\n```\n\n**.codex/ARCHITECTURE.md**\n```markdown\n# B\n```"],
    ["infos", "```markdown .codex/PRD.md\n# A\n```\n```markdown .codex/ARCHITECTURE.md\n# B\n```"],
    ["rules", "--- FILE: .codex/PRD.md ---\n# A\n--- FILE: .codex/ARCHITECTURE.md ---\n# B"],
    [
      "labels and code",
      "File: .codex/PRD.md\n```markdown\n# A\n```sh\nls\n```\n```\nFile: .codex/ARCHITECTURE.md\n```markdown\n# B\n```",
    ],
  ])("several, by %s, are named", (_, text) => {
    expect(read(text).labels).toEqual([".codex/PRD.md", ".codex/ARCHITECTURE.md"]);
  });

  test.each([
    [
      "a document about files",
      "# Architecture\n\n### `.codex/PRD.md`\n\n```markdown\n# A\n```\n\n### `.codex/AGENTS.md`\n\n```markdown\n# B\n```\n",
    ],
    [
      "a document named for its file",
      "# AGENTS.md\n\n## Agent: `a`\n\n- **Goal:** Write `.codex/PRD.md` and `.codex/X.md`.\n",
    ],
    ["its name and an example", "# AGENTS.md\n\n```markdown\n## Agent: `a`\n```\n"],
    ["a list of files", "# A\n\n- `.codex/PRD.md`\n- `.codex/AGENTS.md`\n"],
  ])("%s is one document", (_, text) => {
    expect(read(text)).toMatchObject({ document: text, labels: [], isUnwrapped: false });
  });
});

test("any answer is read, and what is no document is its end", () => {
  const piece = fc.constantFrom(
    ...["```", "````", "```markdown\n", "```task-metadata\n", '{"summary":"x"}', "\n", "\r\n", "# A\n", CHAIN, "~~~\n"],
    ...[".codex/PRD.md", "File: ", "=== ", "> ", "- ", "\0", "\ufeff", "\ud800", "Here:\n"],
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, piece, fc.string())), (all) => {
      const answer = all.join("");
      const { document, isUnwrapped } = read(answer);
      expect(answer).toContain(document);
      expect(isUnwrapped || answer.replace(/^\ufeff/, "").startsWith(document)).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test("long hostile answers take no quadratic time", () => {
  const long = 200_000;
  for (const text of [
    "`".repeat(long),
    "```\n".repeat(long / 4),
    "# A\n".repeat(long / 4),
    " ".repeat(long),
    "-*".repeat(long / 2),
  ]) {
    read(text);
    read(`${text}\n${CHAIN}${" ".repeat(long)}x`);
    read(`File: .codex/A.md\n${text}`);
    read(`Pass control to a${"_".repeat(long)}!`);
  }
});
