import type { DefaultAgent } from "./default-agent.ts";

const PRD = ".codex/PRD.md";
const ARCHITECTURE = ".codex/ARCHITECTURE.md";
const PROPOSALS = ".codex/PROPOSED-TASKS.md";
const LOG = ".codex/TASK-LOG.json";

/** The agents that are offered where a project has none. The first four are the fixed ones; specialists write notes. */
export const DEFAULT_AGENTS: readonly DefaultAgent[] = [
  agent("doc_writer", PRD, [ARCHITECTURE, ".codex/AGENTS.md", LOG], {
    role: "Document Writer",
    goal: `Write and keep up \`${PRD}\`; when a run asks for it, \`${ARCHITECTURE}\` or \`.codex/AGENTS.md\` instead.`,
    backstory: "Asks what a reader needs to decide, writes that down and leaves the rest out.",
  }),
  agent("planner", PROPOSALS, [PRD, ARCHITECTURE, LOG], {
    role: "Planner",
    goal: `Propose the next tasks in \`${PROPOSALS}\` from what is planned, built and logged.`,
    backstory: "Compares plan and log, looks for the smallest step that helps, and never promises.",
  }),
  agent("feedback_interpreter", PROPOSALS, ["feedback.jsonl", PRD, LOG], {
    role: "Feedback Interpreter",
    goal: `Turn feedback into proposals in \`${PROPOSALS}\`, each naming the feedback that it comes from.`,
    backstory: "Listens for what people tried to do, groups what belongs together and quotes little.",
  }),
  {
    ...agent("task_logger", LOG, [], {
      role: "Task Logger",
      goal: `Append each finished run to \`${LOG}\`. Folio does this itself, without a model.`,
      backstory: "Writes down what happened, never changes what stands there.",
    }),
    isBuiltIn: true,
  },
  specialist("platform_engineer", "Platform Engineer", "PLATFORM", "hosting, build, delivery and operation"),
  specialist(
    "spec_interpreter",
    "Specification Interpreter",
    "SPECIFICATION",
    "what the requirements mean in checkable terms",
  ),
  specialist("frontend_specialist", "Frontend Specialist", "FRONTEND", "pages, components, states and accessibility"),
  specialist(
    "backend_specialist",
    "Backend Specialist",
    "BACKEND",
    "interfaces, rules, errors and limits of the server",
  ),
  specialist(
    "storage_engineer",
    "Storage Engineer",
    "STORAGE",
    "what is stored where, its shape, its growth and its backup",
  ),
  specialist(
    "prompt_strategist",
    "Prompt Strategist",
    "PROMPT-NOTES",
    "better wording for prompts, with what it should change",
  ),
  specialist("reviewer", "Reviewer", "REVIEW", "contradictions, gaps and risks in the documents"),
];

interface Description {
  readonly role: string;
  readonly goal: string;
  readonly backstory: string;
}

function agent(key: string, writes: string, reads: readonly string[], description: Description): DefaultAgent {
  return { key, ...description, writes, reads, next: "task_logger" };
}

function specialist(key: string, role: string, name: string, subject: string): DefaultAgent {
  const writes = `.codex/${name}.md`;
  return agent(key, writes, [PRD, ARCHITECTURE], {
    role,
    goal: `Write \`${writes}\`: ${subject}.`,
    backstory: "Knows one field well, says what is settled and what is open, and asks no one to guess.",
  });
}

/** One record of AGENTS.md, from its head to the line end of its last field. */
export function composeAgentRecord({ key, role, goal, backstory, writes, reads, next }: DefaultAgent): string {
  const lines = [
    `## Agent: \`${key}\``,
    "",
    `- **Role:** ${role}`,
    `- **Goal:** ${goal}`,
    `- **Backstory:** ${backstory}`,
    `- **Writes:** \`${writes}\``,
    ...(reads.length === 0 ? [] : [`- **Reads:** ${reads.map((path) => `\`${path}\``).join(", ")}`]),
    ...(key === next ? [] : [`- **Next:** \`${next}\``]),
  ];
  return `${lines.join("\n")}\n`;
}

/** A whole AGENTS.md (or ROSTER.md) with these agents. */
export function composeRoster(agents: readonly DefaultAgent[] = DEFAULT_AGENTS, title = "AGENTS.md"): string {
  const intro = "The agents of this project. Each reads what it declares and writes one file, its own.";
  return [`# ${title}\n\n${intro}\n`, ...agents.map(composeAgentRecord)].join("\n---\n\n");
}
