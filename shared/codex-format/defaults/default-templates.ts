import { composeAgentRecord } from "./default-roster.ts";
import { ARCHITECTURE_SECTIONS, PRD_SECTIONS, type SectionTemplate, TASK_SECTIONS } from "./document-sections.ts";

export interface DefaultTemplate {
  readonly path: string;
  readonly text: string;
  /** The document that is made from it; absent for tasks, of which there are many. */
  readonly target?: string;
}

/** The templates that are offered for `.codex/templates/`. */
export const DEFAULT_TEMPLATES: readonly DefaultTemplate[] = [
  {
    path: ".codex/templates/prd-template.md",
    text: composeTemplate("{{PROJECT_NAME}}: Product Requirements", PRD_SECTIONS),
    target: ".codex/PRD.md",
  },
  {
    path: ".codex/templates/architecture-template.md",
    text: composeTemplate("{{PROJECT_NAME}}: Architecture", ARCHITECTURE_SECTIONS),
    target: ".codex/ARCHITECTURE.md",
  },
  { path: ".codex/templates/agents-template.md", text: agentsTemplate(), target: ".codex/AGENTS.md" },
  { path: ".codex/templates/task-template.md", text: taskTemplate() },
];

function composeTemplate(title: string, sections: readonly SectionTemplate[], fields: readonly string[] = []): string {
  const head = [`# ${title}`, ...(fields.length === 0 ? [] : [fields.join("\n")])];
  const body = sections.map(({ heading, instruction }) => `## ${heading}\n\n${instruction}`);
  return `${[...head, ...body].join("\n\n")}\n`;
}

function taskTemplate(): string {
  return composeTemplate("Task {{TASK_NUMBER}}: {{SHORT_TITLE}} - {{AGENT_NAME}}", TASK_SECTIONS, [
    "**Agent:** `{{AGENT_NAME}}`  ",
    "**Agent Persona Source:** `.codex/AGENTS.md`  ",
    "**Prompt Source:** `.codex/prompts/{{AGENT_NAME}}.md`  ",
    "**Task ID:** {{TASK_ID}}",
  ]);
}

function agentsTemplate(): string {
  const record = composeAgentRecord({
    key: "agent_name",
    role: "{{ROLE}}",
    goal: "{{GOAL}}",
    backstory: "{{BACKSTORY}}",
    writes: ".codex/{{FILE}}.md",
    reads: [".codex/PRD.md"],
    next: "task_logger",
  });
  return `# AGENTS.md\n\n{{INTRODUCTION}}\n\n---\n\n${record}`;
}
