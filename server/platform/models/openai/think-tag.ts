/** Some servers leave a model's reasoning in the text, as `<think>…</think>` at its start. */
import type { PartBatch } from "./part-batch.ts";

const opening = "<think>";
const closing = "</think>";

export interface ThinkTagReader {
  /** Takes the next piece of the answer's text. Only a tag at the very start counts; tags further on are text. */
  read(text: string): void;
  /** Gives out what was held back because it could have been part of a tag. */
  end(): void;
}

export function createThinkTagReader(batch: PartBatch): ThinkTagReader {
  let state: "start" | "thinking" | "after" | "text" = "start";
  let held = "";

  function readStart(text: string): void {
    held += text;
    const seen = held.trimStart();
    if (seen.length < opening.length && opening.startsWith(seen)) return;
    const rest = held;
    held = "";
    if (seen.startsWith(opening)) {
      state = "thinking";
      return read(seen.slice(opening.length));
    }
    state = "text";
    batch.addText(rest);
  }

  function readThinking(text: string): void {
    const all = held + text;
    const closedAt = all.indexOf(closing);
    if (closedAt === -1) {
      const kept = partOfClosing(all);
      held = all.slice(all.length - kept);
      batch.addReasoning(all.slice(0, all.length - kept));
      return;
    }
    held = "";
    batch.addReasoning(all.slice(0, closedAt));
    state = "after";
    read(all.slice(closedAt + closing.length));
  }

  /** The empty lines between the tag and the answer belong to neither. */
  function readAfter(text: string): void {
    const rest = text.trimStart();
    if (rest === "") return;
    state = "text";
    batch.addText(rest);
  }

  function read(text: string): void {
    if (state === "text") return batch.addText(text);
    if (text === "") return;
    if (state === "start") return readStart(text);
    if (state === "thinking") return readThinking(text);
    return readAfter(text);
  }

  function end(): void {
    if (held === "") return;
    if (state === "thinking") batch.addReasoning(held);
    else batch.addText(held);
    held = "";
  }

  return { read, end };
}

/** How many characters at the end of `text` could be the beginning of the closing tag. */
function partOfClosing(text: string): number {
  for (let length = Math.min(closing.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(closing.slice(0, length))) return length;
  }
  return 0;
}
