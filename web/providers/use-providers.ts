import { useCallback, useEffect, useState } from "react";
import type { ProvidersView } from "../../shared/providers.ts";
import { useEventStream } from "../platform/event-stream-context.tsx";
import { fetchProviders } from "./providers-api.ts";

const retryMs = 1000;

/** Who can answer, kept up to date. */
export function useProviders(): {
  readonly view: ProvidersView | undefined;
  readonly replace: (view: ProvidersView) => void;
  readonly refresh: () => void;
} {
  const stream = useEventStream();
  const [view, setView] = useState<ProvidersView>();
  const [turn, setTurn] = useState(0);
  const refresh = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(
    () =>
      stream.subscribe("workspace", (signal) => {
        if (signal.kind === "reset" || (signal.kind === "event" && signal.event.type === "providers-changed"))
          refresh();
      }),
    [stream, refresh],
  );
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    fetchProviders().then(
      (fresh) => isOver || setView(fresh),
      () => {
        if (!isOver) timer = setTimeout(refresh, retryMs);
      },
    );
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [turn, refresh]);
  return { view, replace: setView, refresh };
}
