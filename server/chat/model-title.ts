import type { LanguageModel, ModelPart } from "../platform/models/language-model.ts";
import type { ChatDependencies } from "./chat-dependencies.ts";
import { conversationTitle, plainLine } from "./conversation-title.ts";
import type { OpenConversation } from "./open-conversation.ts";
import { spokenText } from "./side-text.ts";

/** What the model is shown of the question and of the answer, in characters each. */
const shownCharacters = 1200;
const longestMs = 15_000;
const longestTitle = 60;
const outputTokens = 32;
/** A model that says more than this gives no title; one that was told no limit may say much. */
const readCharacters = 400;

const task =
  "You give conversations a title. Answer with the title alone: at most six words, in the language of the question, without quotes, Markdown or a full stop.";

/**
 * After the first answer asks the same model for a short title and takes it, unless the title is not the automatic one
 * any more or the conversation has gone. Nothing of this is an error: the first line of the question stays the title.
 */
export function suggestTitle(
  chat: ChatDependencies,
  open: OpenConversation,
  asked: { readonly model: LanguageModel; readonly modelName: string },
): void {
  if (automaticTitle(open) === undefined) return;
  const runId = chat.newId();
  open.titling = runId;
  chat.runs.start(runId, async (stopped) => {
    try {
      const signal = AbortSignal.any([stopped, AbortSignal.timeout(longestMs)]);
      const title = usableTitle(await ask(asked, open, signal));
      if (title !== undefined && !signal.aborted) await take(chat, open, title);
      else chat.onDebug("no usable title");
    } catch (error) {
      chat.onDebug(`no title: ${String(error)}`);
    } finally {
      open.titling = undefined;
    }
  });
}

/** The title that is still the first line of the only question, under which there is one answer. */
function automaticTitle({ conversation, sideTexts }: OpenConversation): string | undefined {
  const { front, messages, readOnly } = conversation;
  const [question, answer] = messages;
  const isFirst = messages.length === 2 && question?.role === "user" && answer?.parent === question.id;
  if (!isFirst || readOnly !== undefined) return undefined;
  const automatic = conversationTitle(spokenText(question, sideTexts));
  return front.get("title") === automatic ? automatic : undefined;
}

async function ask(
  { model, modelName }: { readonly model: LanguageModel; readonly modelName: string },
  { conversation, sideTexts }: OpenConversation,
  signal: AbortSignal,
): Promise<string | undefined> {
  const [question = "", answer = ""] = conversation.messages.map((message) =>
    spokenText(message, sideTexts).slice(0, shownCharacters),
  );
  const content = `${question}\n\n---\n\n${answer}\n\n---\n\nA title for this conversation, nothing else:`;
  const enough = new AbortController();
  const request = {
    model: modelName,
    messages: [
      { role: "system" as const, text: task },
      { role: "user" as const, text: content },
    ],
    parameters: { maxOutputTokens: outputTokens },
  };
  let text = "";
  let last: ModelPart | undefined;
  for await (const batch of model.stream(request, AbortSignal.any([signal, enough.signal]))) {
    for (const part of batch) {
      if (part.type === "text") text += part.text;
      last = part;
    }
    if (text.length > readCharacters) enough.abort();
  }
  // One that was cut off is half a title.
  return last?.type === "finish" && last.reason === "stop" ? text : undefined;
}

/** One line of at most 60 characters that can be a title, of what a model said; small ones say a lot around it. */
export function usableTitle(said: string | undefined): string | undefined {
  const lines = (said ?? "").split("\n").filter((line) => line.trim() !== "");
  const [line] = lines;
  if (line === undefined || lines.length > 2) return undefined;
  const title = plainLine(line)
    .replace(/^(title|titel|titre|título|titolo|заголовок|标题|タイトル)\s*[:：]\s*/iu, "")
    .replace(/^["'“”„«»‘’‚`「『《]+|["'“”„«»‘’‚`」』》.。]+$/gu, "")
    .trim();
  const isOne = [...title].length <= longestTitle && /[\p{L}\p{N}].*[\p{L}\p{N}]/u.test(title);
  const isTalk = /^(sure|certainly|okay|ok|of course|here(’|'| i)s|i['’ ]|a title for|untitled|title$)/i.test(title);
  const isMarked = /[<>{}]|https?:/i.test(title) || /[:：]$/u.test(title);
  return isOne && !isTalk && !isMarked ? title : undefined;
}

/** While nobody deletes or writes it: what has gone in the meantime must not come back by this. */
async function take(chat: ChatDependencies, open: OpenConversation, title: string): Promise<void> {
  const { keeper } = chat;
  await keeper.writeBack.alone(open.path, async () => {
    const automatic = automaticTitle(open);
    const isThere = keeper.cache.held(open.path) === open && open.inFlight.size === 0;
    // What is on its way may be a title that somebody gave.
    if (!isThere || automatic === undefined || automatic === title) return;
    const edits = [{ type: "set-front" as const, key: "title", value: title }];
    open.titled = { from: automatic, to: title };
    await keeper.change(open, [{ type: "edited", edits }], () => edits);
    keeper.announcer.changed(open);
  });
}
