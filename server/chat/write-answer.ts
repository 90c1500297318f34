import type { MessageFailure, MessageStatus, PartView } from "../../shared/chat.ts";
import type { ConversationEdit } from "../../shared/chat-format/conversation.ts";
import type { ModelFailure, ModelPart } from "../platform/models/language-model.ts";
import { bodyOf, failurePart, partsOf } from "./answer-parts.ts";
import type { ChatDependencies, PlannedAnswer } from "./chat-dependencies.ts";
import { viewOf } from "./conversation-view.ts";
import type { ChatRecord } from "./journal-records.ts";
import type { LiveAnswer } from "./live-answer.ts";
import { modelContext } from "./model-context.ts";
import { suggestTitle } from "./model-title.ts";
import { answerEdit, applyEdits, type OpenConversation } from "./open-conversation.ts";
import { moveLongText } from "./side-files.ts";

interface End {
  readonly status: MessageStatus;
  readonly failure?: MessageFailure;
}

export interface AnswerRun {
  readonly open: OpenConversation;
  readonly answer: PlannedAnswer;
  readonly live: LiveAnswer;
  /** Whether what is answered is durable; false: it could not be made so, and there is no answer either. */
  readonly isSaved: Promise<boolean>;
}

/** The run of one answer: context in, tokens out to everybody who looks, and at the end the message in its file. Does not throw. */
export async function writeAnswer(chat: ChatDependencies, run: AnswerRun, signal: AbortSignal): Promise<void> {
  const { open, answer, live } = run;
  const started = chat.clock.monotonic();
  const { mode, leaf, question, modelName } = answer;
  const { sideTexts } = open;
  const context = modelContext(open.conversation, leaf, { limit: chat.contextCharacters, mode, question, sideTexts });
  const breaking = new AbortController();
  const either = AbortSignal.any([signal, breaking.signal]);
  const batches = answer.model.stream({ model: modelName, messages: context.messages }, either)[Symbol.asyncIterator]();
  const first = batches.next();
  if (!(await run.isSaved)) {
    breaking.abort();
    await first.catch(() => undefined);
    return;
  }
  chat.answerJournal.add(open, live);
  const end = await receive({ first, batches, live, breaking }, signal).catch((error: unknown): End => {
    chat.onError("an answer failed", error);
    return {
      status: "error",
      failure: { code: "internal", title: "Something in Folio failed while this was written.", detail: kept(live) },
    };
  });
  chat.answerJournal.remove(live);
  const ms = Math.round(chat.clock.monotonic() - started);
  await finish(chat, run, end, {
    ms: String(ms),
    ...(live.inputTokens === undefined ? {} : { in: String(live.inputTokens) }),
    ...(live.outputTokens === undefined ? {} : { out: String(live.outputTokens) }),
    ...(context.leftOut === 0 ? {} : { "left-out": String(context.leftOut) }),
  });
  const { titleModel } = answer;
  if (end.status === "complete" && titleModel !== undefined && !signal.aborted) {
    suggestTitle(chat, open, { model: titleModel, modelName });
  }
}

interface Receiving {
  readonly first: Promise<IteratorResult<readonly ModelPart[]>>;
  readonly batches: AsyncIterator<readonly ModelPart[]>;
  readonly live: LiveAnswer;
  readonly breaking: AbortController;
}

async function receive({ first, batches, live, breaking }: Receiving, signal: AbortSignal): Promise<End> {
  let last: ModelPart | undefined;
  for (let step = await first; step.done !== true; step = await batches.next()) {
    for (const part of step.value) {
      live.add(part);
      if (part.type === "finish" || part.type === "failure") last = part;
    }
    if (live.isTooLong) breaking.abort();
  }
  if (signal.aborted) return { status: signal.reason === "shutdown" ? "interrupted" : "stopped" };
  if (live.isTooLong) return { status: "interrupted", failure: tooLong };
  return endOf(last, live);
}

const tooLong: MessageFailure = {
  code: "too-large",
  title: "The answer went past 32 million characters or 2,000 parts and was stopped.",
  detail: "What came until then is kept.",
};

function endOf(last: ModelPart | undefined, live: LiveAnswer): End {
  if (last?.type === "failure") {
    return { status: live.isEmpty ? "error" : "interrupted", failure: failureFor(last.failure, live) };
  }
  if (last?.type === "finish" && last.reason === "length") {
    return {
      status: "interrupted",
      failure: { code: "length", title: "The model stopped at its length limit.", detail: kept(live) },
    };
  }
  if (last?.type === "finish" && last.reason === "content-filter") {
    return {
      status: "interrupted",
      failure: { code: "content-filter", title: "The server's content filter ended the answer.", detail: kept(live) },
    };
  }
  if (live.isEmpty) {
    return {
      status: "error",
      failure: { code: "empty", title: "The model answered with nothing.", detail: "Ask again, or use another model." },
    };
  }
  return { status: "complete" };
}

function failureFor(failure: ModelFailure, live: LiveAnswer): MessageFailure {
  const said = failure.said === undefined ? [] : [`The server said: ${failure.said}`];
  return { code: failure.code, title: failure.title, detail: [kept(live), ...said].join(" ") };
}

function kept(live: LiveAnswer): string {
  return live.isEmpty ? "Your message is kept. Nothing of the answer came." : "What came is kept.";
}

/** The end becomes durable before anybody hears of it; then the file follows. */
async function finish(
  chat: ChatDependencies,
  { open, live, answer }: AnswerRun,
  end: End,
  facts: Readonly<Record<string, string>>,
): Promise<void> {
  const { keeper } = chat;
  const { messageId } = live;
  const parts = [...live.parts(), ...(end.failure === undefined ? [] : [failurePart(chat.newId(), end.failure)])];
  const moved = partsOf({ id: messageId, ...(await moveLongText(chat, open, bodyOf(parts))) });
  const ended = { type: "ended" as const, messageId, status: end.status, attributes: facts };
  const edits = (): ConversationEdit[] => {
    open.live.delete(messageId);
    const edit = answerEdit(open, messageId, moved, end.status, facts, answer.message);
    return edit === undefined ? [] : [edit];
  };
  try {
    await keeper.change(open, [...failureRecord(messageId, parts, end), ended], edits);
  } catch (error) {
    // The text is in memory and goes into the file when that can be written; the notice says so.
    chat.onError("the end of an answer is not in the journal", error);
    applyEdits(open, edits());
    keeper.writeBack.request(open);
  } finally {
    tellEnd(keeper, open, live, end);
  }
}

function tellEnd(keeper: ChatDependencies["keeper"], open: OpenConversation, live: LiveAnswer, end: End): void {
  const { messageId, runId } = live;
  const message = viewOf(open, messageId);
  if (message !== undefined) keeper.emit({ conversationId: open.id, type: "message-changed", message });
  const failure = end.failure === undefined ? {} : { failure: end.failure };
  keeper.emit({ conversationId: open.id, type: "run-ended", messageId, runId, status: end.status, ...failure });
  keeper.announcer.changed(open);
}

/** The failure is a part of the message like its text: a crash right now must not lose it. */
function failureRecord(messageId: string, parts: readonly PartView[], { failure }: End): ChatRecord[] {
  const part = parts.at(-1);
  if (failure === undefined || part === undefined) return [];
  const { text, ...kind } = part;
  return [{ type: "answered", messageId, pieces: [{ index: parts.length - 1, at: 0, text, part: kind }] }];
}
