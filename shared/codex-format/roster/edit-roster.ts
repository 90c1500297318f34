/** Edits of a roster. All leave every byte outside their span as it is. */
import { appendRecord, appendText, removeRecord, replaceSpan, setRecordField } from "../records/edit-records.ts";
import { lineEndOf } from "../records/lines.ts";
import { oneLine } from "../records/plain-text.ts";
import { readRecords } from "../records/read-records.ts";
import { RECORD_KEY } from "../records/record-head.ts";
import type { NewAgent, RosterAgent } from "./roster.ts";

const SECTION = `## Roster

Agents that can be asked for work. Each writes one file; what it did stands in \`.codex/TASK-LOG.json\`.`;

/**
 * Gives a field of an agent a value, on one line. Undefined when the agent is an import view, or is not at that place
 * in these bytes.
 */
export function setAgentField(
  bytes: Uint8Array,
  agent: RosterAgent,
  name: string,
  value: string,
): Uint8Array | undefined {
  const record = recordAt(bytes, agent);
  return record === undefined ? undefined : setRecordField(bytes, record, name, value);
}

/** Adds an agent behind the last one; in a file without agents, and behind one that ends the file, at the end. */
export function addAgent(bytes: Uint8Array, agent: NewAgent): Uint8Array {
  const last = readRecords(bytes, "Agent").pieces.findLast((piece) => piece.type === "record");
  if (last === undefined || last.span.end === bytes.length) return appendRecord(bytes, agentText(agent));
  const end = lineEndOf(bytes);
  const text = `${agentText(agent)}\n\n---\n\n`.replaceAll("\n", end);
  return replaceSpan(bytes, { start: last.span.end, end: last.span.end }, text);
}

/** Takes the agent's record out, with the `---` that closes it. Undefined as for `setAgentField`. */
export function removeAgent(bytes: Uint8Array, agent: RosterAgent): Uint8Array | undefined {
  const record = recordAt(bytes, agent);
  return record === undefined ? undefined : removeRecord(bytes, record);
}

/** A section with these agents, for a file that holds instructions (see `addRosterSection`) or for one of its own. */
export function rosterSectionText(agents: readonly NewAgent[]): string {
  return [SECTION, ...agents.map(agentText)].join("\n\n---\n\n");
}

/** Appends the section to what is there. */
export function addRosterSection(bytes: Uint8Array, agents: readonly NewAgent[]): Uint8Array {
  return appendText(bytes, rosterSectionText(agents));
}

/** One record. Throws RangeError for a key that no head can hold. */
export function agentText(agent: NewAgent): string {
  if (!RECORD_KEY.test(agent.key)) throw new RangeError(`Not a key of an agent: ${agent.key}`);
  const reads = (agent.reads ?? []).map((path) => `\`${path.replaceAll("`", "")}\``).join(", ");
  const fields: readonly (readonly [string, string | undefined])[] = [
    ["Role", agent.role],
    ["Goal", agent.goal],
    ["Backstory", agent.backstory],
    ["Writes", ticked(agent.writes)],
    ["Reads", reads === "" ? undefined : reads],
    ["Next", ticked(agent.next)],
    ["Model", agent.model],
  ];
  const bullets = fields.flatMap(([name, value]) => (value === undefined ? [] : [`- **${name}:** ${oneLine(value)}`]));
  return `## Agent: \`${agent.key}\`\n\n${bullets.join("\n")}`;
}

function ticked(value: string | undefined): string | undefined {
  return value === undefined || value === "" ? undefined : `\`${value.replaceAll("`", "")}\``;
}

function recordAt(bytes: Uint8Array, agent: RosterAgent) {
  if (agent.isReadOnly) return undefined;
  const { pieces } = readRecords(bytes, "Agent");
  return pieces.find(
    (piece) => piece.type === "record" && piece.span.start === agent.span.start && piece.key === agent.key,
  ) as Extract<(typeof pieces)[number], { type: "record" }> | undefined;
}
