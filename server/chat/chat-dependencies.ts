import type { PartView } from "../../shared/chat.ts";
import type { NewMessage } from "../../shared/chat-format/conversation.ts";
import type { Clock } from "../platform/clock.ts";
import type { Journal } from "../platform/journal/journal.ts";
import type { LanguageModel } from "../platform/models/language-model.ts";
import type { Runs } from "../platform/runs.ts";
import type { DocumentStore } from "../platform/store/document-store.ts";
import type { AnswerJournal } from "./answer-journal.ts";
import type { ConversationIndex } from "./conversation-index.ts";
import type { Keeper } from "./keeper.ts";
import type { Once } from "./once.ts";

/** A function of the providers, handed over by `app.ts`. */
export type ModelFor = (providerId: string, model: string) => LanguageModel | undefined;

export interface ChatDependencies {
  readonly keeper: Keeper;
  readonly index: ConversationIndex;
  readonly journal: Journal;
  readonly store: DocumentStore;
  readonly answerJournal: AnswerJournal;
  readonly runs: Runs;
  readonly once: Once;
  readonly modelFor: ModelFor;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly contextCharacters: number;
  /** Whether this provider's models are asked for titles. */
  readonly givesTitles: (providerId: string) => boolean;
  readonly onDebug: (message: string) => void;
  readonly onError: (message: string, error: unknown) => void;
}

export interface PlannedAnswer {
  readonly message: NewMessage;
  readonly model: LanguageModel;
  readonly modelName: string;
  /** Asked for a title after the first answer. */
  readonly titleModel?: LanguageModel;
  readonly mode: "answer" | "continue";
  /** The message that the model answers, or goes on with; with `question`, the one that the question follows. */
  readonly leaf: string;
  /** The text that is answered, while it is not in the conversation yet. */
  readonly question?: string;
  /** What is there already of an answer that goes on. */
  readonly parts: readonly PartView[];
}
