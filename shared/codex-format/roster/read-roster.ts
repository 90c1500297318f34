import { type Lines, readLines, spanText } from "../records/lines.ts";
import { recordsOf } from "../records/read-records.ts";
import type { MarkdownRecord, RecordsFile } from "../records/record.ts";
import { AGENT_FIELDS, agentFacts, hasWrongWrites } from "./agent-fields.ts";
import { readAgentFile } from "./agent-file.ts";
import { readForeignAgents } from "./foreign-agents.ts";
import type { AgentProblem, Roster, RosterAgent } from "./roster.ts";

const KNOWN = new Set<string>(AGENT_FIELDS.map((name) => name.toLowerCase()));
const AGENT_FILE = /(?:^|\/)\.codex\/agents\/[^/]+\.md$/i;

/**
 * Reads a roster, or says that there is none. Never throws, whatever the bytes.
 * `path` is the file's path from the workspace: a file in `.codex/agents/` is one agent.
 */
export function readRoster(bytes: Uint8Array, path: string): Roster {
  const lines = readLines(bytes);
  if (AGENT_FILE.test(path)) return foreignRoster(bytes, [readAgentFile(lines, path)]);
  const file = recordsOf(lines, "Agent");
  const records = file.pieces.filter((piece) => piece.type === "record");
  if (records.length === 0) return otherRoster(lines, file);
  const agents = records.map((record) => readAgent(bytes, record));
  const invalid = file.pieces
    .filter((piece) => piece.type === "invalid")
    .map(({ raw, span, reason }) => ({ raw, span, reason }));
  return { kind: "roster", agents, invalid, preamble: file.preamble };
}

function otherRoster(lines: Lines, { preamble }: RecordsFile): Roster {
  const agents = readForeignAgents(lines);
  if (agents.length > 0) return foreignRoster(lines.bytes, agents);
  return { kind: "instructions", agents: [], invalid: [], preamble };
}

function foreignRoster(bytes: Uint8Array, agents: readonly RosterAgent[]): Roster {
  const keys = new Set<string>();
  const marked = agents.map((agent): RosterAgent => {
    const isDuplicate = keys.has(agent.key);
    keys.add(agent.key);
    return isDuplicate ? { ...agent, isDuplicate, problems: [...agent.problems, "duplicate-key"] } : agent;
  });
  const end = marked[0]?.span.start ?? bytes.length;
  return { kind: "foreign", agents: marked, invalid: [], preamble: { start: 0, end } };
}

function readAgent(bytes: Uint8Array, record: MarkdownRecord): RosterAgent {
  const facts = agentFacts(record.fields);
  const problems: AgentProblem[] = [...record.problems];
  if (facts.role === undefined) problems.push("missing-role");
  if (facts.goal === undefined) problems.push("missing-goal");
  if (facts.backstory === undefined) problems.push("missing-backstory");
  if (hasWrongWrites(record.fields)) problems.push("writes-invalid");
  if (record.fields.some(({ name }) => !KNOWN.has(name.toLowerCase()))) problems.push("unknown-field");
  return {
    key: record.key,
    name: record.key,
    shape: "record",
    isReadOnly: false,
    ...facts,
    isDuplicate: record.problems.includes("duplicate-key"),
    problems,
    span: record.span,
    fields: record.fields,
    raw: spanText(bytes, record.span),
  };
}
