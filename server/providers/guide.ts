/** The built-in guide: a first visit without a model. It plays written pages, says so in each, and needs no network. */
import { setTimeout as delay } from "node:timers/promises";
import type { LanguageModel, ModelMessage, ModelRequest } from "../platform/models/language-model.ts";
import { scriptedModel, scriptText, type Wait } from "../platform/models/scripted-model.ts";
import { type GuideTopic, guideLabel, guidePages, guideTour } from "./guide-script.ts";

export const guideModelName = "guide";

/** Words a second: a pleasant reading pace that still shows what streaming is. */
const pace = 60;
const askForNext = /^\W*(next|more|go on|continue|yes|ok|okay|and then)\W*$/i;

export interface GuideOptions {
  /** The opened folder as a person knows it. */
  readonly folder: string;
  /** How to pause between words; real time when absent. */
  readonly wait?: Wait;
}

/** The guide as a language model. The same messages give the same answer. */
export function guideModel({ folder, wait = realTime }: GuideOptions): LanguageModel {
  return scriptedModel((request) => scriptText(restOf(guideAnswer(request.messages, folder), request), pace), wait);
}

/** The whole answer to a conversation, its label first. */
export function guideAnswer(messages: readonly ModelMessage[], folder: string): string {
  const topic = topicOf(messages);
  const text = guidePages.find((page) => page.topic === topic)?.text ?? "";
  return `${guideLabel}\n\n${text.replace("{folder}", () => folder)}\n`;
}

/** By its words, else `next` for the first page of the tour not told yet, else the welcome on the first turn. */
function topicOf(messages: readonly ModelMessage[]): GuideTopic {
  const told: GuideTopic[] = [];
  for (const message of messages) {
    if (message.role === "user") told.push(nextTopic(message.text, told));
  }
  return told.at(-1) ?? "welcome";
}

function nextTopic(text: string, told: readonly GuideTopic[]): GuideTopic {
  if (askForNext.test(text)) return guideTour.find((topic) => !told.includes(topic)) ?? "end";
  const asked = guidePages.find((page) => page.words?.test(text));
  if (asked !== undefined) return asked.topic;
  return told.length === 0 ? "welcome" : "other";
}

/** When the last message is the beginning of this very answer (it was stopped and is continued): what is missing. */
function restOf(answer: string, request: ModelRequest): string {
  const last = request.messages.at(-1);
  if (last?.role !== "assistant" || !answer.startsWith(last.text)) return answer;
  return answer.slice(last.text.length);
}

async function realTime(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal });
}
