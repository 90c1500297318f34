import { useCallback, useEffect, useState } from "react";
import type { ConflictView, ResolveConflict } from "../../shared/conflicts.ts";
import { ConnectionLost, problemWords } from "../platform/api.ts";
import { useToast } from "../ui/toasts.tsx";
import { fetchConflict, resolveConflict, undoResolve } from "./chat-api.ts";
import { conflictWords as words } from "./conflict-words.ts";

const retryMs = 1000;

export interface Conflict {
  /** Absent until it is known. */
  readonly found: ConflictView | undefined;
  readonly hasFailed: boolean;
  readonly isSettling: boolean;
  readonly settle: (keep: ResolveConflict["keep"]) => void;
}

/** The conflict in a conversation's file, and its end. `seen` changes with the file: then it is asked for again. */
export function useConflict(id: string, seen: string): Conflict {
  const show = useToast();
  const [found, setFound] = useState<ConflictView>();
  const [hasFailed, setFailed] = useState(false);
  const [isSettling, setSettling] = useState(false);
  const [asked, setAsked] = useState(0);

  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      fetchConflict(id).then(
        (conflict) => !isOver && setFound(conflict),
        (thrown: unknown) => {
          if (isOver) return;
          if (thrown instanceof ConnectionLost) timer = setTimeout(ask, retryMs);
          else setFailed(true);
        },
      );
    };
    setFailed(false);
    ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
    // biome-ignore lint/correctness/useExhaustiveDependencies: what was seen and asked again only starts it anew
  }, [id, seen, asked]);

  const base = found === undefined || found.outcome === "none" ? undefined : found.base;
  const settle = useCallback(
    (keep: ResolveConflict["keep"]) => {
      if (base === undefined) return;
      setSettling(true);
      const complain = (thrown: unknown): void => {
        const { title, detail } = problemWords(thrown);
        show({ text: title, icon: "warning", ...(detail === undefined ? {} : { detail }) });
      };
      resolveConflict(id, { keep, base })
        .then(
          ({ kept, revision }) => {
            const undo = (): void => {
              undoResolve(id, { kept, base: revision }).then(() => show({ text: words.undone }), complain);
            };
            const act = { label: words.undo, run: undo };
            show({ text: words.settled[keep], detail: words.settledDetail, act });
          },
          (thrown: unknown) => {
            complain(thrown);
            setAsked((before) => before + 1);
          },
        )
        .finally(() => setSettling(false));
    },
    [id, base, show],
  );
  return { found, hasFailed, isSettling, settle };
}
