import { composeRunMessages } from "../../shared/codex-format/defaults/compose-run-messages.ts";
import { DEFAULT_TEMPLATES } from "../../shared/codex-format/defaults/default-templates.ts";
import { classifyCodexPath } from "../../shared/codex-format/documents/codex-path.ts";
import type { ModelMessage } from "../platform/models/language-model.ts";
import type { RecordedInput } from "./run-input.ts";

/** The template that a document is made from, and what is offered where the project has none. */
export function templateOf(target: string): { readonly path: string; readonly text: string } | undefined {
  return DEFAULT_TEMPLATES.find((template) => template.target === target);
}

/** What the model is sent: all that comes from files, feedback and conversations stands in it as fenced data. */
export function composeMessages(input: Omit<RecordedInput, "messages">): readonly ModelMessage[] {
  const isAppendOnly = classifyCodexPath(input.target.path) === "proposals" && input.target.text !== "";
  return composeRunMessages({ ...input, isAppendOnly });
}
