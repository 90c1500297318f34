import { type ClipboardEvent, type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
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
  /** The whole message as it would be sent. */
  readonly text: () => string;
  /** The ids under which this very text was tried before, if it was. */
  readonly attempt: () => Draft["attempt"];
  readonly keepAttempt: (attempt: NonNullable<Draft["attempt"]>) => void;
  readonly clear: () => void;
}

/**
 * Keeps what is written across reloads without rendering for every key: the field itself holds the text, and only
 * becoming empty or not is told.
 */
export function useDraft(key: string, field: RefObject<HTMLTextAreaElement | null>): DraftField {
  const kept = useRef<Draft | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pasted = useRef<readonly string[]>([]);
  const [shown, setShown] = useState<{ readonly pasted: readonly string[]; readonly hasTyped: boolean }>({
    pasted: [],
    hasTyped: false,
  });
  const show = useCallback(() => {
    const typed = field.current?.value ?? "";
    const hasTyped = typed.slice(0, 1000).trim() !== "" || typed.trim() !== "";
    setShown((before) =>
      before.hasTyped === hasTyped && before.pasted === pasted.current ? before : { pasted: pasted.current, hasTyped },
    );
  }, [field]);
  const save = useCallback(() => {
    clearTimeout(timer.current);
    const text = field.current?.value ?? "";
    const isKept = text === (kept.current?.text ?? "") && (kept.current?.pasted ?? []) === pasted.current;
    if (isKept || (kept.current === undefined && text === "" && pasted.current.length === 0)) return;
    kept.current = { text, pasted: pasted.current };
    writeDraft(key, kept.current);
  }, [key, field]);

  useLayoutEffect(() => {
    kept.current = readDraft(key);
    pasted.current = kept.current?.pasted ?? [];
    if (field.current) {
      field.current.value = kept.current?.text ?? "";
      fit(field.current);
    }
    show();
  }, [key, field, show]);
  // A layout effect: its end runs while the field still holds the text.
  useLayoutEffect(() => {
    addEventListener("pagehide", save);
    return () => {
      removeEventListener("pagehide", save);
      save();
    };
  }, [save]);

  const acts = useMemo(() => {
    const text = (): string => joinTexts(field.current?.value ?? "", pasted.current);
    const keptText = (): string => joinTexts(kept.current?.text ?? "", kept.current?.pasted ?? []);
    const changePasted = (next: readonly string[]): void => {
      pasted.current = next;
      show();
      timer.current = setTimeout(save, saveAfterMs);
    };
    return {
      onInput() {
        if (field.current) fit(field.current);
        show();
        clearTimeout(timer.current);
        timer.current = setTimeout(save, saveAfterMs);
      },
      onPaste(event: ClipboardEvent) {
        const long = event.clipboardData.getData("text/plain").replaceAll("\r\n", "\n");
        if (!isLongText(long)) return;
        event.preventDefault();
        changePasted([...pasted.current, long]);
      },
      removePasted: (index: number) => changePasted(pasted.current.toSpliced(index, 1)),
      text,
      attempt: () => (kept.current?.attempt && keptText() === text() ? kept.current.attempt : undefined),
      keepAttempt(attempt: NonNullable<Draft["attempt"]>) {
        clearTimeout(timer.current);
        kept.current = { text: field.current?.value ?? "", pasted: pasted.current, attempt };
        writeDraft(key, kept.current);
      },
      clear() {
        clearTimeout(timer.current);
        kept.current = undefined;
        pasted.current = [];
        writeDraft(key, undefined);
        if (field.current) {
          field.current.value = "";
          fit(field.current);
        }
        show();
      },
    };
  }, [key, field, save, show]);
  return { ...acts, key, pasted: shown.pasted, isEmpty: !shown.hasTyped && shown.pasted.length === 0 };
}
