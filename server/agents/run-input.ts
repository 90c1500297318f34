/** What a run is a function of. Recorded whole before the model is asked. */
import type { RunInputFile, RunInputView, RunLimits } from "../../shared/agents.ts";
import type { ModelMessage } from "../platform/models/language-model.ts";

export interface RecordedFile extends RunInputFile {
  /** Empty when the file was not there. */
  readonly text: string;
}

export interface RecordedInput {
  readonly format: "agent-run-input/1";
  readonly agent: {
    readonly key: string;
    readonly role?: string;
    readonly goal?: string;
    readonly raw: string;
  };
  readonly goal: string;
  /** The one document that may be written, as it was: what the answer is judged against. */
  readonly target: { readonly path: string; readonly revision: string | null; readonly text: string };
  readonly prompt: {
    readonly path?: string;
    readonly sha256: string;
    readonly isGenerated: boolean;
    readonly text: string;
  };
  readonly template?: RecordedFile;
  readonly files: readonly RecordedFile[];
  /** Oldest first. */
  readonly logEntries: readonly { readonly ref: string; readonly raw: string }[];
  readonly conversation?: {
    readonly id: string;
    readonly head: string;
    readonly messages: readonly { readonly role: string; readonly text: string }[];
    readonly sha256: string;
  };
  readonly feedback?: readonly { readonly id: string; readonly raw: string }[];
  /** Keys of the roster, by which a chain line is judged. */
  readonly roster: readonly string[];
  /** The roster's own next agent: counts when the answer names none. */
  readonly next?: string;
  /** Agents of this chain so far, this one last. */
  readonly ran: readonly string[];
  readonly model: { readonly providerId: string; readonly model: string };
  readonly limits: RunLimits;
  /** For a million tokens. */
  readonly price?: { readonly in: number; readonly out: number };
  /** Exactly what the model is sent. */
  readonly messages: readonly ModelMessage[];
}

/** The input without its texts. `sha256` is the digest of the whole. */
export function inputView(input: RecordedInput, digest: string): RunInputView {
  const { agent, prompt, template, files, logEntries, conversation, limits } = input;
  const { text: _, ...promptWithoutText } = prompt;
  return {
    agent,
    prompt: promptWithoutText,
    ...(template === undefined ? {} : { template: withoutText(template) }),
    files: files.map(withoutText),
    logEntries: logEntries.map(({ ref }) => ref),
    ...(conversation === undefined
      ? {}
      : { conversation: { ...conversation, messages: conversation.messages.length } }),
    limits,
    sha256: digest,
  };
}

function withoutText({ text: _, ...file }: RecordedFile): RunInputFile {
  return file;
}
