/** The built-in guide: a first visit without a model. It plays written pages, says so in each, and needs no network. */
import { setTimeout as delay } from "node:timers/promises";
import type { LanguageModel, ModelMessage, ModelRequest } from "../platform/models/language-model.ts";
import { scriptedModel, scriptText, type Wait } from "../platform/models/scripted-model.ts";
import { type GuideTopic, guideLabel, guidePages, guideTour } from "./guide-script.ts";

export const guideModelName = "guide";

/** Words a second: a pleasant reading pace that still shows what streaming is. */
const pace = 60;
const askForNext = /^\W*(next|more|go on|continue|yes|ok|okay|and then)\W*$/i;
/** How a continuation is asked of a model that sees only messages. */
const goOn = /^your answer broke off\b/i;

export interface GuideOptions {
  /** The opened folder as a person knows it. */
  readonly folder: string;
  /** How to pause between words; real time when absent. */
  readonly wait?: Wait;
}

/** The guide as a language model. The same messages give the same answer. */
export function guideModel({ folder, wait = realTime }: GuideOptions): LanguageModel {
  return scriptedModel((request) => scriptText(answerOrRest(request, folder), pace), wait);
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

/** An answer that was stopped and is continued goes on where it ended: only what is missing is told. */
function answerOrRest(request: ModelRequest, folder: string): string {
  const messages = request.messages;
  const asksToGoOn = messages.at(-1)?.role === "user" && goOn.test(messages.at(-1)?.text ?? "");
  const before = asksToGoOn ? messages.slice(0, -1) : messages;
  const answer = guideAnswer(before, folder);
  const begun = before.at(-1);
  if (begun?.role !== "assistant" || !answer.startsWith(begun.text)) return answer;
  return answer.slice(begun.text.length);
}

async function realTime(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal });
}
