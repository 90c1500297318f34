import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText, encodeText } from "../../chat-format/bytes.ts";
import { anyMarkdown, anyText } from "../records/markdown-rig.ts";
import { oneLine } from "../records/plain-text.ts";
import { addAgent, addRosterSection, removeAgent, rosterSectionText, setAgentField } from "./edit-roster.ts";
import { readRoster } from "./read-roster.ts";
import type { NewAgent, Roster, RosterAgent } from "./roster.ts";
import { rosterJson } from "./roster-json.ts";

const PATH = ".codex/AGENTS.md";
const rosterOf = (text: string) => readRoster(encodeText(text), PATH);
function agentAt({ agents }: Roster, index: number): RosterAgent {
  const found = agents[index];
  if (found === undefined) throw new Error("The roster has no such agent.");
  return found;
}
const agentsOf = (text: string) => rosterOf(text).agents;
const agent: NewAgent = { key: "scribe", role: "Writer", goal: "Write.", backstory: "None." };

/** A roster as people have written them. */
const SEED = [
  "# AGENTS.md",
  "Who does what.",
  "---",
  "## Agent: `doc_writer`",
  "- **Role:** Writer  \n- **Goal:** Keeps `PRD.md` and `.codex/ARCHITECTURE.md`.  \n- **Backstory:** Says “less” — often.",
  "---",
  "## Agent: `task_logger`",
  "- **Role:** Task Tracker\n- **Goal:** Append to `.codex/TASK-LOG.json`.\n- **Backstory:** Quiet.\n- **Mood:** calm",
  "## Notes",
  "Nobody's.",
].join("\n\n");

describe("a roster", () => {
  it("is read with what each agent writes, and its last section is nobody's", () => {
    const roster = rosterOf(SEED);
    expect(roster.kind).toBe("roster");
    expect(roster.agents.map(({ key, writes, problems }) => ({ key, writes, problems }))).toEqual([
      {
        key: "doc_writer",
        writes: { path: ".codex/PRD.md", isInferred: true },
        problems: ["field-hard-break", "field-smart-quotes"],
      },
      {
        key: "task_logger",
        writes: { path: ".codex/TASK-LOG.json", isInferred: true },
        problems: ["unknown-field"],
      },
    ]);
    expect(roster.agents[1]?.raw).not.toContain("Notes");
    expect(roster.agents[1]?.fields.at(-1)).toMatchObject({ name: "Mood", value: "calm" });
  });

  it("infers the written file from the first name in Goal, and from no other folder", () => {
    const writes = (goal: string) => agentsOf(`## Agent: \`a\`\n\n- **Goal:** ${goal}\n`)[0]?.writes?.path;
    expect(writes("Look at `src/a.ts`, write `NOTES.md`, then `PRD.md`.")).toBe(".codex/NOTES.md");
    expect(writes("Write `docs/PRD.md` or `PRD.md`.")).toBeUndefined();
    expect(writes("Write `TASK-LOG.json`.")).toBe(".codex/TASK-LOG.json");
    expect(writes("Write `package.json` or PRD.md.")).toBeUndefined();
    expect(writes("Write `.codex/../PRD.md`.")).toBeUndefined();
  });

  it("takes Writes, Reads, Next and Model, and flags a file outside `.codex/`", () => {
    const text = (writes: string) =>
      `## Agent: \`a\`\n\n- **Goal:** \`PRD.md\`\n- **Writes:** ${writes}\n- **Reads:** \`a.md\`, \`b.md\`\n- **Next:** \`task_logger\`\n- **Model:** local/small\n`;
    expect(agentsOf(text("`.codex/X.md`"))[0]).toMatchObject({
      writes: { path: ".codex/X.md", isInferred: false },
      reads: ["a.md", "b.md"],
      next: "task_logger",
      model: "local/small",
    });
    for (const wrong of ["`../X.md`", "`src/x.ts`", "`.codex/`", "`a.md`, `b.md`", ""]) {
      const [read] = agentsOf(text(wrong));
      expect(read?.writes).toBeUndefined();
      expect(read?.problems).toContain("writes-invalid");
    }
  });

  it("keeps both agents of one key and flags the second", () => {
    const agents = agentsOf("## Agent: `a`\n\n## Agent: `b`\n\n## Agent: `a`\n");
    expect(agents.map(({ key, isDuplicate }) => [key, isDuplicate])).toEqual([
      ["a", false],
      ["b", false],
      ["a", true],
    ]);
  });

  it("counts a bare key only with a field below, and shows the other head in its place", () => {
    const roster = rosterOf(
      "## Agent: planner\n\n- **Role:** x\n\n## Agent: logger\n\nText\n\n## Agent: Data Wizard\n- **Role:** y\n",
    );
    expect(roster.agents.map(({ key, problems }) => [key, problems[0]])).toEqual([
      ["planner", "key-without-back-ticks"],
    ]);
    expect(roster.invalid.map(({ raw }) => raw)).toEqual([
      "## Agent: logger\n\nText\n\n",
      "## Agent: Data Wizard\n- **Role:** y\n",
    ]);
  });

  it("says of a file for coding agents that it holds no roster", () => {
    expect(JSON.stringify(rosterJson(rosterOf("# Repository\n\nRun the tests.\n")))).toBe(
      '{"agents":[],"kind":"instructions"}',
    );
    expect(rosterOf("").kind).toBe("instructions");
  });
});

describe("a roster of another form", () => {
  const view = ({ key, name, role, shape, isReadOnly }: RosterAgent) => ({ key, name, role, shape, isReadOnly });

  it.each([
    [
      "roles-list",
      "## Roles\n\n- **Data Wizard** – Moves\n  data.\n- **QA:** Tests\n- plain\n\n## Else\n\n- **No** – x\n",
    ],
    [
      "agent-heading",
      "### Agent: `data_wizard` (Moves data.)\n- **Type**: worker\n\n### Agent: `qa`\n- **Type**: Tests\n",
    ],
    [
      "table-row",
      "| No | Agent | Description |\n|---|:-:|---|\n| 1 | **Data Wizard** | Moves data. |\n| 2 | QA | Tests |\n",
    ],
    [
      "responsibilities",
      "## Agent: Data Wizard\n\nHello\n\n### Responsibilities\n- Moves data.\n\n### Else\n\n## Agent: QA\nTests\n",
    ],
  ])("is shown read-only: %s", (shape, text) => {
    const roster = rosterOf(text);
    expect(roster.kind).toBe("foreign");
    const agents = roster.agents
      .map(view)
      .map((found) => ({ ...found, name: found.name.toLowerCase().replace(" ", "_") }));
    expect(agents).toEqual([
      { key: "data_wizard", name: "data_wizard", role: "Moves data.", shape, isReadOnly: true },
      { key: "qa", name: "qa", role: "Tests", shape, isReadOnly: true },
    ]);
    const [first] = roster.agents;
    expect(first && setAgentField(encodeText(text), first, "Role", "x")).toBeUndefined();
    expect(first && removeAgent(encodeText(text), first)).toBeUndefined();
  });

  it("is one agent for a file of `.codex/agents/`", () => {
    const text = '---\nname: reviewer\ndescription: "Reads code: all of it"\nmodel: small\n---\n\n# R\n\nYou review.\n';
    const [agent] = readRoster(encodeText(text), ".codex/agents/rev.md").agents;
    expect(agent).toMatchObject({
      key: "reviewer",
      role: "Reads code: all of it",
      model: "small",
      shape: "agent-file",
    });
    expect(readRoster(encodeText("# R\n\nYou review.\n"), ".codex/agents/rev.md").agents[0]).toMatchObject({
      key: "rev",
      role: "You review.",
    });
  });
});

describe("edits of a roster", () => {
  it("never throw while reading, keep spans inside the file and raw texts true, whatever the bytes", () => {
    fc.assert(
      fc.property(anyMarkdown, fc.constantFrom(PATH, ".codex/agents/a.md"), (bytes, path) => {
        for (const { span, raw } of [...readRoster(bytes, path).agents, ...readRoster(bytes, path).invalid]) {
          expect(raw).toBe(decodeText(bytes.subarray(span.start, span.end)));
        }
      }),
      { numRuns: 800 },
    );
  });

  it("write any text into a field of one agent and forge no other", () => {
    const bytes = encodeText(SEED);
    fc.assert(
      fc.property(anyText, fc.constantFrom("Role", "goal", "Mood", "New"), (text, name) => {
        const [first, second] = readRoster(bytes, PATH).agents as [RosterAgent, RosterAgent];
        const edited = readRoster(setAgentField(bytes, second, name, text) ?? bytes, PATH);
        expect(edited.agents.map(({ key }) => key)).toEqual(["doc_writer", "task_logger"]);
        expect(edited.agents[0]).toEqual(first);
        const field = edited.agents[1]?.fields.find((found) => found.name.toLowerCase() === name.toLowerCase());
        expect(field?.value).toBe(decodeText(encodeText(oneLine(text))));
      }),
    );
  });

  it("set a value and back without a trace, in CRLF and behind a byte order mark", () => {
    const bytes = encodeText(`\ufeff${SEED.replaceAll("\n", "\r\n")}`);
    const agentNow = (now: Uint8Array) => agentAt(readRoster(now, PATH), 0);
    const role = agentNow(bytes).role ?? "";
    const there = setAgentField(bytes, agentNow(bytes), "Role", "Ünlike") ?? bytes;
    expect(agentNow(there).role).toBe("Ünlike");
    expect(setAgentField(there, agentNow(there), "Role", role)).toEqual(bytes);
  });

  it("add an agent behind the last one, before what is nobody's", () => {
    const added = addAgent(encodeText(SEED), { ...agent, writes: ".codex/X.md", reads: ["a.md"], next: "task_logger" });
    const roster = readRoster(added, PATH);
    expect(roster.agents.map(({ key }) => key)).toEqual(["doc_writer", "task_logger", "scribe"]);
    expect(roster.agents[2]).toMatchObject({
      writes: { path: ".codex/X.md", isInferred: false },
      next: "task_logger",
      problems: [],
    });
    expect(decodeText(added).endsWith("---\n\n## Notes\n\nNobody's.")).toBe(true);
    expect(decodeText(removeAgent(added, agentAt(roster, 2)) ?? added)).toBe(SEED);
  });

  it("add any text as an agent to any file, and the agents that were there stay", () => {
    fc.assert(
      fc.property(anyMarkdown, anyText, anyText, (bytes, role, goal) => {
        const before = readRoster(bytes, PATH);
        const after = readRoster(addAgent(bytes, { ...agent, role, goal }), PATH);
        const keys = before.kind === "roster" ? before.agents.map(({ key }) => key) : [];
        expect(after.agents.map(({ key }) => key)).toEqual([...keys, "scribe"]);
      }),
      { numRuns: 800 },
    );
  });

  it("put a roster section behind instructions, which stay as they are", () => {
    const text = "# Repository\r\n\r\nRun the tests.\r\n";
    const added = decodeText(addRosterSection(encodeText(text), [agent, { ...agent, key: "other" }]));
    expect(added.startsWith(text)).toBe(true);
    expect(added.replaceAll("\r\n", "")).not.toContain("\n");
    expect(agentsOf(added).map(({ key, problems }) => [key, problems])).toEqual([
      ["scribe", []],
      ["other", []],
    ]);
    expect(agentsOf(rosterSectionText([agent])).length).toBe(1);
  });

  it("refuse a key that no head can hold", () => {
    expect(() => addAgent(encodeText(""), { ...agent, key: "a`\n## Agent: `b" })).toThrow(RangeError);
  });
});
