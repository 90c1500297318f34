import { type ClipboardEvent, type RefObject, useLayoutEffect, useMemo, useState } from "react";
import { directionOf } from "../../ui/direction.ts";
import { type Draft, readDraft, writeDraft } from "./draft.ts";
import { isLongText, joinTexts } from "./pasted-text.tsx";

const saveAfterMs = 300;
const directionSample = 400;

/** Grows the field with its text where CSS cannot; sets the direction, which `dir="auto"` does slowly for long texts. */
function fit(field: HTMLTextAreaElement): void {
  const direction = directionOf(field.value.slice(0, directionSample));
  field.dir = direction === "auto" ? "" : direction;
  if (CSS.supports("field-sizing", "content")) return;
  field.style.blockSize = "auto";
  field.style.blockSize = `${field.scrollHeight}px`;
}

export interface DraftField {
  readonly key: string;
  readonly pasted: readonly string[];
  readonly isEmpty: boolean;
  readonly onInput: () => void;
  /** Keeps a long paste beside the field. */
  readonly onPaste: (event: ClipboardEvent) => void;
  readonly removePasted: (index: number) => void;
  /** Puts `text` into the field in place of what stands there. */
  readonly write: (text: string) => void;
  /** The whole message as it would be sent. */
  readonly text: () => string;
  /** The ids under which this very text was tried before, if it was. */
  readonly attempt: () => Draft["attempt"];
  readonly keepAttempt: (attempt: NonNullable<Draft["attempt"]>) => void;
  readonly clear: () => void;
}

interface DraftMemory {
  kept: Draft | undefined;
  pasted: readonly string[];
  timer: ReturnType<typeof setTimeout> | undefined;
}

interface DraftDependencies {
  readonly key: string;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly memory: DraftMemory;
  readonly show: () => void;
}

function saveDraft({ key, field, memory }: DraftDependencies): void {
  clearTimeout(memory.timer);
  const text = field.current?.value ?? "";
  const { kept, pasted } = memory;
  const isKept = text === (kept?.text ?? "") && (kept?.pasted ?? pasted) === pasted;
  if (isKept && (kept !== undefined || pasted.length === 0)) return;
  memory.kept = { text, pasted };
  writeDraft(key, memory.kept);
}

function fill(field: HTMLTextAreaElement | null, text: string): void {
  if (!field) return;
  field.value = text;
  fit(field);
}

function draftActs(dependencies: DraftDependencies): Omit<DraftField, "key" | "pasted" | "isEmpty"> {
  const { key, field, memory, show } = dependencies;
  const text = (): string => joinTexts(field.current?.value ?? "", memory.pasted);
  const saveLater = (): void => {
    clearTimeout(memory.timer);
    memory.timer = setTimeout(() => saveDraft(dependencies), saveAfterMs);
  };
  const changePasted = (next: readonly string[]): void => {
    memory.pasted = next;
    show();
    saveLater();
  };
  return {
    onInput() {
      if (field.current) fit(field.current);
      show();
      saveLater();
    },
    onPaste(event) {
      const long = event.clipboardData.getData("text/plain").replaceAll("\r\n", "\n");
      if (!isLongText(long)) return;
      event.preventDefault();
      changePasted([...memory.pasted, long]);
    },
    write(given) {
      fill(field.current, given);
      show();
      saveLater();
    },
    removePasted: (index) => changePasted(memory.pasted.toSpliced(index, 1)),
    text,
    attempt() {
      const { kept } = memory;
      return kept?.attempt && joinTexts(kept.text, kept.pasted ?? []) === text() ? kept.attempt : undefined;
    },
    keepAttempt(attempt) {
      clearTimeout(memory.timer);
      memory.kept = { text: field.current?.value ?? "", pasted: memory.pasted, attempt };
      writeDraft(key, memory.kept);
    },
    clear() {
      clearTimeout(memory.timer);
      memory.kept = undefined;
      memory.pasted = [];
      writeDraft(key, undefined);
      fill(field.current, "");
      show();
    },
  };
}

/**
 * Keeps what is written across reloads without rendering for every key: the field itself holds the text, and only
 * becoming empty or not is told.
 */
export function useDraft(key: string, field: RefObject<HTMLTextAreaElement | null>): DraftField {
  const [memory] = useState<DraftMemory>(() => ({ kept: undefined, pasted: [], timer: undefined }));
  const [shown, setShown] = useState<{ readonly pasted: readonly string[]; readonly hasTyped: boolean }>({
    pasted: [],
    hasTyped: false,
  });
  const dependencies = useMemo<DraftDependencies>(() => {
    const show = (): void => {
      const typed = field.current?.value ?? "";
      const hasTyped = typed.slice(0, 1000).trim() !== "" || typed.trim() !== "";
      const { pasted } = memory;
      setShown((before) => (before.hasTyped === hasTyped && before.pasted === pasted ? before : { pasted, hasTyped }));
    };
    return { key, field, memory, show };
  }, [key, field, memory]);

  // A layout effect: its end runs while the field still holds the text.
  useLayoutEffect(() => {
    memory.kept = readDraft(key);
    memory.pasted = memory.kept?.pasted ?? [];
    fill(field.current, memory.kept?.text ?? "");
    dependencies.show();
    const save = (): void => saveDraft(dependencies);
    addEventListener("pagehide", save);
    return () => {
      removeEventListener("pagehide", save);
      save();
    };
  }, [key, field, memory, dependencies]);

  const acts = useMemo(() => draftActs(dependencies), [dependencies]);
  return { ...acts, key, pasted: shown.pasted, isEmpty: !shown.hasTyped && shown.pasted.length === 0 };
}
