import { openBlockAtEnd } from "../../chat-format/block-scanner.ts";
import type { DocumentFinding } from "../documents/document-finding.ts";
import type { AgentAnswer, AnswerVerdict, FinishReason, RefusalCode } from "./agent-answer.ts";
import { likeTheOldText } from "./like-the-old-file.ts";
import { isCodexFile, isSameFile, normalTarget } from "./target-path.ts";

export interface AnswerToJudge {
  readonly answer: AgentAnswer;
  /** Why the model stopped. */
  readonly finishReason: FinishReason;
  /** The target's text now; empty when it does not exist. */
  readonly oldText: string;
  readonly target: string;
  /** Finds what a document must not hold: `lintDocument`. */
  readonly lint: (text: string, path: string) => readonly DocumentFinding[];
  /**
   * For a file that agents only add to: why the new text may not follow the old one, or undefined. Faults that such a
   * file had before do not count, for an agent may not repair them.
   */
  readonly checkTarget?: ((oldText: string, newText: string) => string | undefined) | undefined;
  /** What changed, in words; its first sentence stands in for a summary that the answer lacks. */
  readonly changeSummary?: string | undefined;
}

const MAX_SUMMARY = 500;
const NO_SUMMARY = "(no summary given)";

/**
 * Whether an answer becomes a proposed change of its target. A refused answer leaves the file as it is; the first rule
 * that it breaks is its code.
 */
export function judgeAnswer(input: AnswerToJudge): AnswerVerdict {
  const { answer, oldText } = input;
  const text = likeTheOldText(oldText, answer.document.replace(/^(?:[ \t]*\r?\n)+/, ""));
  const broken =
    brokenOff(input) ?? wrongFiles(input) ?? sameAsBefore(oldText, text) ?? badContent(input, text) ?? undefined;
  if (broken !== undefined) return { outcome: "refused", ...broken, notes: answer.notes };
  return { outcome: "proposal", text, summary: summaryOf(input), notes: [...answer.notes, ...remarks(input, text)] };
}

type Refusal = { readonly code: RefusalCode; readonly reason: string };

function brokenOff({ answer, finishReason }: AnswerToJudge): Refusal | undefined {
  if (finishReason === "length") {
    return { code: "truncated", reason: "The answer reached the limit of its length and broke off." };
  }
  if (finishReason === "content-filter") {
    return { code: "truncated", reason: "The model's provider cut the answer off." };
  }
  if (/[^\s\p{Cf}]/u.test(answer.document)) return undefined;
  return { code: "empty", reason: "The answer holds no document." };
}

function wrongFiles({ answer, target }: AnswerToJudge): Refusal | undefined {
  const [label] = answer.labels;
  if (answer.labels.length > 1) {
    return { code: "two-files", reason: `The answer holds several files: ${answer.labels.join(", ")}.` };
  }
  if (label !== undefined && !isSameFile(label, target)) {
    return { code: "wrong-target", reason: `The answer is for ${label}; this run may write ${target} only.` };
  }
  const named = [...new Set((answer.metadata?.outputFiles ?? []).map(normalTarget))];
  const others = named.filter((path) => !isSameFile(path, target));
  if (named.length > 0 && others.length === named.length) {
    return { code: "wrong-target", reason: `The answer names ${named.join(", ")}; this run may write ${target} only.` };
  }
  const codexFiles = others.filter(isCodexFile);
  if (codexFiles.length === 0) return undefined;
  return { code: "two-files", reason: `The answer names more than its target: ${codexFiles.join(", ")}.` };
}

function sameAsBefore(oldText: string, text: string): Refusal | undefined {
  if (oldText === "" || likeTheOldText("", oldText) !== likeTheOldText("", text)) return undefined;
  return { code: "unchanged", reason: "The answer is what the file holds already." };
}

function badContent(input: AnswerToJudge, text: string): Refusal | undefined {
  const { oldText, target, lint, checkTarget } = input;
  const changed = checkTarget?.(oldText, text);
  if (changed !== undefined) return { code: "changed-records", reason: changed };
  const findings = newFindings(input, lint(text, target));
  const [first] = findings;
  if (first === undefined) return undefined;
  const more = findings.length === 1 ? "" : ` (and ${findings.length - 1} more)`;
  return { code: "lint", reason: `Line ${first.line}: ${first.reason} "${first.excerpt}"${more}` };
}

/** All of them, but for files that agents only add to: there, those that the file did not have. */
function newFindings(input: AnswerToJudge, findings: readonly DocumentFinding[]): readonly DocumentFinding[] {
  if (input.checkTarget === undefined) return findings;
  const before = new Set(input.lint(input.oldText, input.target).map(identity));
  return findings.filter((finding) => !before.has(identity(finding)));
}

function remarks(input: AnswerToJudge, text: string): string[] {
  const { length } = input.lint(text, input.target);
  return [
    ...(length === 0 ? [] : [`The file keeps ${length} ${length === 1 ? "fault" : "faults"} that it had before.`]),
    ...(openBlockAtEnd(text)?.type === "fence"
      ? ["The document ends inside a code fence; it may have broken off."]
      : []),
  ];
}

function identity({ code, excerpt }: DocumentFinding): string {
  return `${code} ${excerpt}`;
}

/** One line of at most 500 characters. */
function summaryOf({ answer, changeSummary }: AnswerToJudge): string {
  const [given, made] = [answer.metadata?.summary, changeSummary].map((text) =>
    (text ?? "").replace(/\s+/g, " ").trim(),
  );
  // `<one sentence>` is the example, given back.
  const chosen = (/^<[^<>]*>$/.test(given ?? "") ? "" : given) || made || NO_SUMMARY;
  const characters = [...chosen.toWellFormed()];
  if (characters.length <= MAX_SUMMARY) return characters.join("");
  return `${characters.slice(0, MAX_SUMMARY - 1).join("")}…`;
}
