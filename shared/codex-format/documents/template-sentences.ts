import { ARCHITECTURE_SECTIONS, PRD_SECTIONS, TASK_SECTIONS } from "../defaults/document-sections.ts";
import type { TextSpan } from "./text-span.ts";

/** How the instructions of templates in use elsewhere begin; they are found in documents that were made from them. */
const FOREIGN_INSTRUCTIONS: readonly string[] = [
  "Clarify how agents exchange information using markdown",
  "Mention formatting rules, metadata expectations",
  "Describe the overarching architecture, highlighting the main components",
  "Fill gaps in the source material with plausible implementation notes",
  "Text enclosed in angle brackets under certain sections are instructions",
  "Provide a concise directory tree that outlines key folders",
  "Use code block formatting and include brief comments",
  "Try to adhere to best practices in organizing project assets",
  "Print an ASCII tree complete with code block formatting",
  "List and explain the purpose of each file within the .codex/ directory",
  "Summarize required output format, single-file targeting",
  "Show a short sample of how a task entry should look in the log",
  "Explain the philosophy behind chaining agents",
  "Emphasize stateless operation and reliance on the task log",
  "Describe the preference for local markdown files",
  "Outline potential stages of storage, from simple setups",
  "Based on tech stack provided in the PRD, determine or infer",
  "Identify any APIs or third-party services integrated with the system",
  "Note optional backend components that can enhance orchestration",
  "Present a table summarizing the frontend tools",
  "Infer front end technologies from PRD",
  "Illustrate the typical flow from initiating a document request",
  "Use a mermaid diagram to convey the sequence of steps",
  "Bullet out key principles for maintaining clarity and reliability",
  "Conclude with forward-looking considerations or improvements",
  "Keep your tone confident and polished",
  "Remember to keep the structure of this document completely",
  "Expand on sparse details, infer reasonable structures",
  "Respond in markdown format using the following structure",
  "This template guides the",
  "This template is used to generate",
];

/** Up to the end of the sentence; a full stop inside a name such as `TASK-LOG.json` is none. */
const TO_SENTENCE_END = "(?:[^.!?\\r\\n]|[.!?](?=\\w))*[.!?]?";

const OWN_INSTRUCTIONS: readonly string[] = [...PRD_SECTIONS, ...ARCHITECTURE_SECTIONS, ...TASK_SECTIONS].map(
  ({ instruction }) => instruction.replace(/\.$/, ""),
);
/** Made once: it takes longer to make than to run over most texts. */
const TEMPLATE_SENTENCE = new RegExp(
  `\\b(?:${[...FOREIGN_INSTRUCTIONS, ...OWN_INSTRUCTIONS].map(pattern).join("|")})${TO_SENTENCE_END}`,
  "gi",
);

/**
 * Where a text holds instructions of a template, our own or those in use elsewhere, each from its first word to the end
 * of its sentence. Case, back-ticks and the white space between words do not matter. In order, without overlaps.
 */
export function findTemplateSentences(text: string): readonly TextSpan[] {
  return [...text.matchAll(TEMPLATE_SENTENCE)].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
  }));
}

function pattern(beginning: string): string {
  const words = beginning.replaceAll("`", "").split(" ");
  return words.map((word) => `\`?${word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")}\`?`).join("\\s+");
}
