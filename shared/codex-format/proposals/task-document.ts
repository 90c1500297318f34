import { comparableName, withoutPictures } from "../records/names.ts";
import { oneLine, safeBlock } from "../records/plain-text.ts";
import type { BoardCard } from "./board.ts";
import { TASK_SECTIONS } from "./section-names.ts";

export interface TaskDocumentFacts {
  /** The task's number, from 1: `12` makes `task-012`. */
  readonly number: number;
  /** Key of the agent that does it; without one the card's. */
  readonly agent?: string;
  /** What the agent is, as in the roster. */
  readonly agentRole?: string;
  /** Where the roster stands; `.codex/AGENTS.md` unless said. */
  readonly rosterPath?: string;
}

const NOBODY = "unassigned";
const DIGITS = 3;

/**
 * The task document that a proposal becomes: the task template with all its sections, in its order; a section that the
 * proposal lacks says so. Sections of other names stand behind them. LF, with a final line end.
 */
export function taskDocument(card: BoardCard, facts: TaskDocumentFacts): string {
  const agent = oneLine(facts.agent ?? card.agent ?? NOBODY).replaceAll("`", "");
  const role = facts.agentRole === undefined ? "" : ` (${oneLine(facts.agentRole)})`;
  const head = `# Task ${facts.number}: ${oneLine(card.title)} - ${agent}`;
  const lines = [
    `**Agent:** \`${agent}\`${role}`,
    `**Agent Persona Source:** \`${facts.rosterPath ?? ".codex/AGENTS.md"}\``,
    `**Prompt Source:** \`.codex/prompts/${agent}.md\``,
    `**Task ID:** \`task-${String(facts.number).padStart(DIGITS, "0")}\``,
    ...(card.key === undefined ? [] : [`**Proposal:** \`${oneLine(card.key).replaceAll("`", "")}\``]),
  ];
  const known = TASK_SECTIONS.map(({ name, heading }) => section(heading, sectionText(card, name)));
  return `${[head, lines.join("  \n"), ...known, ...otherSections(card), END].join("\n\n")}\n`;
}

const END = "Once complete, invoke `task_logger`";

function section(heading: string, text: string): string {
  return `## ${heading}\n\n${text === "" ? "None given." : text}`;
}

function sectionText(card: BoardCard, name: string): string {
  const wanted = comparableName(name);
  const texts = card.sections.filter((found) => comparableName(found.name) === wanted).map(({ text }) => text);
  return safeBlock(texts.join("\n\n"));
}

function otherSections(card: BoardCard): readonly string[] {
  const known = new Set(TASK_SECTIONS.map(({ name }) => comparableName(name)));
  return card.sections
    .filter(({ name }) => !known.has(comparableName(name)))
    .map(({ name, text }) => section(oneLine(withoutPictures(name)), safeBlock(text)));
}
