import type { AgentView } from "../../shared/roster.ts";
import type { ModelMessage } from "../platform/models/language-model.ts";
import type { RecordedInput } from "./run-input.ts";

export function promptOf(agent: AgentView): string {
  return `# Prompt Template: ${agent.key}\n\n${agent.role ?? ""}\n\n${agent.goal ?? ""}\n\n${agent.backstory ?? ""}\n`;
}

export function templatePathOf(target: string): string | undefined {
  return /^\.codex\/([^/]+)\.md$/.test(target) ? target.replace(".codex/", ".codex/templates/") : undefined;
}

export function composeMessages(input: Omit<RecordedInput, "messages">): readonly ModelMessage[] {
  return [
    { role: "system", text: input.prompt.text },
    { role: "user", text: JSON.stringify({ goal: input.goal, target: input.target, files: input.files }) },
  ];
}
