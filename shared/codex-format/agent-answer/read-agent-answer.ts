import { unwrapDocument } from "../documents/unwrap-document.ts";
import type { AgentAnswer, AnswerChain, AnswerContext, AnswerMetadata } from "./agent-answer.ts";
import { readMetadata, splitMetadata } from "./answer-metadata.ts";
import { readChainLine } from "./chain-line.ts";
import { readLabelledFiles } from "./file-labels.ts";
import { isSameFile, normalTarget } from "./target-path.ts";

interface Ending {
  readonly before: string;
  readonly metadata?: AnswerMetadata;
  readonly chain?: AnswerChain;
}

/**
 * Reads a model's answer: the new content of the target, then a `task-metadata` block, then the chain line, each of the
 * last two optional. Only the last block counts, and only when nothing but the chain line follows; any other is text of
 * the document. One fence around the document, or around the whole answer, is taken off. Never throws.
 */
export function readAgentAnswer(answer: string, context: AnswerContext): AgentAnswer {
  const text = answer.startsWith("\ufeff") ? answer.slice(1) : answer;
  const plain = splitEnding(text, context);
  const outer = isEnding(plain) ? undefined : wrapOfWholeAnswer(text, context);
  const ending = outer ?? plain;
  const body = unwrapBody(ending.before, outer !== undefined);
  const notes = [
    ...(outer === undefined && body.note === undefined
      ? []
      : [body.note ?? "A code fence around the answer was taken off."]),
    ...disagreements(ending.metadata, context),
    ...chainNotes(ending, context),
  ];
  return {
    document: body.text,
    isUnwrapped: outer !== undefined || body.note !== undefined,
    labels: body.labels,
    ...(ending.metadata && { metadata: ending.metadata }),
    ...(ending.chain && { chain: ending.chain }),
    notes,
  };
}

/** What the answer is inside of a fence that holds its metadata block or chain line too. */
function wrapOfWholeAnswer(text: string, context: AnswerContext): Ending | undefined {
  const inner = unwrapDocument(text);
  const ending = inner?.isClosed === true ? splitEnding(inner.text, context) : undefined;
  return ending !== undefined && isEnding(ending) ? ending : undefined;
}

function isEnding({ metadata, chain }: Ending): boolean {
  return metadata !== undefined || chain?.isKnown === true;
}

function splitEnding(text: string, context: AnswerContext): Ending {
  const trimmed = text.trimEnd();
  const lastLine = trimmed.slice(trimmed.lastIndexOf("\n") + 1);
  const chain = readChainLine(lastLine.trimEnd(), context.roster);
  const before = chain === undefined ? text : trimmed.slice(0, trimmed.length - lastLine.length);
  const block = splitMetadata(before);
  if (block !== undefined) {
    return { before: block.before, metadata: readMetadata(block.raw), ...(chain && { chain }) };
  }
  // Without a block, a line that names nobody known is the document's own text.
  return chain === undefined || !chain.isKnown ? { before: text, ...(chain && { chain }) } : { before, chain };
}

interface Body {
  readonly text: string;
  readonly note?: string;
  readonly labels: readonly string[];
}

function unwrapBody(text: string, isUnwrapped: boolean): Body {
  const files = readLabelledFiles(text);
  if (files !== undefined) {
    const labels = [...new Set(files.map(({ path }) => normalTarget(path)))];
    const [only] = files;
    if (files.length > 1 || only === undefined) return { text, labels };
    return { text: only.text, labels, note: `The file's name and its frame (${labels[0]}) were taken off.` };
  }
  const inner = isUnwrapped ? undefined : unwrapDocument(text);
  if (inner !== undefined) {
    return { text: inner.text, labels: [], note: "A code fence around the document was taken off." };
  }
  const behind = isUnwrapped ? undefined : behindLeadIn(text);
  if (behind === undefined) return { text, labels: [] };
  const note = `A code fence around the document and the line before it ("${behind.leadIn}") were taken off.`;
  return { text: behind.text, labels: [], note };
}

/** `Here is the document:` before a Markdown fence that holds the rest. */
function behindLeadIn(text: string): { readonly text: string; readonly leadIn: string } | undefined {
  const found = /^\s*([^\n#|>`~-][^\n]{0,200}:)[*_]*[ \t]*\r?\n\s*(?=(?:`{3,}|~{3,})[ \t]*(?:markdown|md)\b)/i.exec(
    text,
  );
  const inner = found === null ? undefined : unwrapDocument(text.slice(found[0].length));
  return inner === undefined || found === null ? undefined : { text: inner.text, leadIn: found[1] ?? "" };
}

/** What the model says of itself and is not so: Folio's own values count. */
function disagreements(metadata: AnswerMetadata | undefined, { agent, target }: AnswerContext): string[] {
  if (metadata === undefined) return [];
  const notes: string[] = [];
  if (metadata.agent !== undefined && metadata.agent !== agent) {
    notes.push(`The answer calls its agent "${metadata.agent}"; the log says ${agent}.`);
  }
  const others = (metadata.outputFiles ?? []).filter((path) => !isSameFile(path, target));
  if (others.length > 0) notes.push(`The answer names files that it does not write: ${others.join(", ")}.`);
  const isEmpty = Object.keys(metadata).length === 1;
  return isEmpty ? ["The metadata block of the answer could not be read."] : notes;
}

function chainNotes({ chain, metadata }: Ending, { roster }: AnswerContext): string[] {
  if (chain === undefined || chain.isKnown) return [];
  const place = metadata === undefined ? "; the line was left in the document" : "";
  const known = roster.length === 0 ? "There is no roster" : "The roster has no such agent";
  return [`The answer hands over to "${chain.name}". ${known}${place}.`];
}
