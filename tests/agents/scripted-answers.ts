/** Answers of agents, good ones and others, and a model that gives them in order. */
import type { LanguageModel, ModelPart, ModelRequest } from "../../server/platform/models/language-model.ts";
import { type ScriptedBatch, scriptedModel } from "../../server/platform/models/scripted-model.ts";

export type Asked = ModelRequest;
export type Answer = string | readonly ScriptedBatch[];

export const model = { providerId: "scripted", model: "script" };

/** Gives `answers` in order and notes what it is asked; where there is none left, an empty text. */
export function scriptOf(requests: Asked[], answers: Answer[]): LanguageModel {
  return scriptedModel((request) => {
    requests.push(request);
    const answer = answers.shift() ?? "";
    if (typeof answer !== "string") return answer;
    return [{ parts: textParts(answer) }, { parts: [{ type: "usage", inputTokens: 100, outputTokens: 50 }] }];
  });
}

/** In a few pieces, as a network brings them. */
export function textParts(text: string): ModelPart[] {
  return (text.match(/[^]{1,40}/g) ?? []).map((piece) => ({ type: "text", text: piece }));
}

export function answerOf(
  document: string,
  path: string,
  summary: string,
  last = "Once complete, invoke task_logger",
): string {
  const metadata = { agent: "doc_writer", task_id: "task-999", date: "1999-01-01", summary, output_files: [path] };
  return `${document}\n\`\`\`task-metadata\n${JSON.stringify(metadata)}\n\`\`\`\n\n${last}\n`;
}

export const prd = "# Parcel: Product Requirements\n\n## Project Name\n\nParcel tells where a parcel is.\n";
