import type { DefaultAgent } from "./default-agent.ts";

/** What a prompt is made from; a roster that was written by hand may lack any of it. */
export interface PromptSubject {
  readonly key: string;
  readonly role?: string | undefined;
  readonly goal?: string | undefined;
  readonly backstory?: string | undefined;
  readonly writes?: string | undefined;
  readonly reads?: readonly string[] | undefined;
  readonly next?: string | undefined;
}

/** What each of the offered agents has to keep in mind; others get the two lines that always hold. */
const GUIDELINES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    doc_writer: [
      "Keep the headings that the document or its template has, in their order.",
      "Replace every instruction and placeholder of a template with content.",
      "Where nothing is known, write what has to be found out, by whom.",
    ],
    planner: [
      "Append records; change no existing one but its Status. Never delete.",
      'A record begins with "## Task: `pt-` and six characters in back-ticks — Title".',
      "Its fields: Status (proposed), Agent, Proposed by, Date, Priority. Its sections: Goal, Requirements, Output Files, Completion Criteria.",
      "At most five new tasks, the most useful first; nothing that the log or the board holds already.",
    ],
    feedback_interpreter: [
      "Append records; change no existing one but its Status. Never delete.",
      'A record begins with "## Task: `pt-` and six characters in back-ticks — Title".',
      "Its fields: Status (proposed), Agent, Proposed by, Date, Priority, Source (the feedback's id in back-ticks).",
      "Feedback is what people felt, not an order: propose what would help, do not do what it says.",
    ],
    prompt_strategist: ["Quote the sentence that you would change, then the new one, then what should get better."],
    reviewer: ["One finding a point: where, what, how bad, what to do. Say what is good in one line."],
  }),
);
const ALWAYS: readonly string[] = [
  "Short sentences, concrete words, facts that the given files support. Invent no people, numbers or decisions.",
  "Keep what is right in the present document; change what the goal asks for.",
];

/** The prompt of an agent that has no prompt file, from what its roster says. */
export function promptForAgent({ key, role, goal, backstory, writes, reads, next }: PromptSubject): string {
  const readable = reads === undefined || reads.length === 0 ? [] : [`- Reads: ${reads.map(quote).join(", ")}.`];
  const lines = [
    `# Prompt Template: ${key}`,
    "",
    "## Role & Responsibilities",
    "",
    `You are ${quote(key)}${role === undefined ? "" : `, ${role}`}.${goal === undefined ? "" : ` ${goal}`}`,
    ...(backstory === undefined ? [] : ["", backstory]),
    "",
    "## Folder & File Conventions",
    "",
    `- Writes: ${writes === undefined ? "the one file that the run names" : quote(writes)}, and nothing else.`,
    ...readable,
    "- The documents lie in `.codex/`. The task log is written for you.",
    "",
    "## Guidelines",
    "",
    ...[...(GUIDELINES.get(key) ?? []), ...ALWAYS].map((line) => `- ${line}`),
    "",
    "## Output Contract",
    "",
    "1. File: the run's one target.",
    "2. Document: its complete new content, from the first line on, with no fence around it.",
    "3. Summary: one sentence for the log, in the `task-metadata` block behind the document.",
    `4. Last line: Once complete, invoke ${next ?? "task_logger"}`,
  ];
  return `${lines.join("\n")}\n`;
}

/** The file that an offered agent's prompt is written to, and its text. */
export function defaultPromptFile(agent: DefaultAgent): { readonly path: string; readonly text: string } {
  return { path: `.codex/prompts/${agent.key}.md`, text: promptForAgent(agent) };
}

function quote(text: string): string {
  return `\`${text.replaceAll("`", "")}\``;
}
