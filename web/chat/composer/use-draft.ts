import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef } from "react";
import { type Draft, readDraft, writeDraft } from "./draft.ts";

const saveAfterMs = 300;
/** Beyond this the field has its full height anyway, and measuring a huge text would cost more than it shows. */
const measuredLength = 20_000;

function fit(field: HTMLTextAreaElement): void {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.blockSize = "auto";
  field.style.blockSize = field.value.length > measuredLength ? "40dvh" : `${field.scrollHeight}px`;
}

export interface DraftField {
  readonly key: string;
  readonly onInput: () => void;
  readonly text: () => string;
  /** The ids under which this very text was tried before, if it was. */
  readonly attempt: () => Draft["attempt"];
  readonly keepAttempt: (attempt: NonNullable<Draft["attempt"]>) => void;
  readonly clear: () => void;
}

/**
 * Keeps what is typed across reloads without rendering for every key: the field itself holds the text, and only
 * becoming empty or not is told.
 */
export function useDraft(
  key: string,
  field: RefObject<HTMLTextAreaElement | null>,
  onEmpty: (isEmpty: boolean) => void,
): DraftField {
  const kept = useRef<Draft | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const save = useCallback(() => {
    clearTimeout(timer.current);
    const text = field.current?.value ?? "";
    if (text === (kept.current?.text ?? "")) return;
    kept.current = { text };
    writeDraft(key, kept.current);
  }, [key, field]);

  useLayoutEffect(() => {
    kept.current = readDraft(key);
    const element = field.current;
    if (!element) return;
    element.value = kept.current?.text ?? "";
    onEmpty(element.value.trim() === "");
    fit(element);
  }, [key, field, onEmpty]);

  // A layout effect: its end runs while the field still holds the text.
  useLayoutEffect(() => {
    addEventListener("pagehide", save);
    return () => {
      removeEventListener("pagehide", save);
      save();
    };
  }, [save]);

  return useMemo(
    () => ({
      key,
      onInput() {
        const element = field.current;
        if (!element) return;
        const start = element.value.slice(0, 1000);
        onEmpty(start.trim() === "" && element.value.trim() === "");
        fit(element);
        clearTimeout(timer.current);
        timer.current = setTimeout(save, saveAfterMs);
      },
      text: () => field.current?.value ?? "",
      attempt: () => (kept.current?.text === field.current?.value ? kept.current?.attempt : undefined),
      keepAttempt(attempt) {
        clearTimeout(timer.current);
        kept.current = { text: field.current?.value ?? "", attempt };
        writeDraft(key, kept.current);
      },
      clear() {
        clearTimeout(timer.current);
        kept.current = undefined;
        writeDraft(key, undefined);
        if (!field.current) return;
        field.current.value = "";
        fit(field.current);
        onEmpty(true);
      },
    }),
    [key, field, onEmpty, save],
  );
}
