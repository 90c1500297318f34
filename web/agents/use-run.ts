import { useEffect, useRef, useState } from "react";
import type { AgentRunView } from "../../shared/agents.ts";
import type { AgentRunEvent } from "../../shared/events.ts";
import type { EventStream } from "../platform/event-stream.ts";
import { useEventStream } from "../platform/event-stream-context.tsx";
import { useResource } from "../platform/use-resource.tsx";
import { runPath } from "./agents-api.ts";
import { growText } from "./grow-text.ts";

export interface OpenRun {
  readonly run: AgentRunView | undefined;
  /** The answer as far as it has come, ahead of `run.text` while it runs. */
  readonly text: string;
  /** Set while the model is asked again after a failure. */
  readonly attempt: number | undefined;
  readonly problem: unknown;
  readonly refresh: () => void;
}

/** One run, kept up to date: its state, whether its document has changed meanwhile, and its text while it comes. */
export function useRun(id: string): OpenRun {
  const target = useRef<string>(undefined);
  const { value, problem, refresh } = useResource<AgentRunView>(runPath(id), (event) => {
    if (event.type === "agent-run-changed") return event.run.id === id;
    if (event.type !== "document-changed") return false;
    // The log, for the number that the entry will have.
    return event.path === target.current || event.kind === "task-log";
  });
  target.current = value?.target;
  const live = useLiveText(id, value, refresh);
  return { run: value, text: live.text, attempt: live.attempt, problem, refresh };
}

interface LiveText {
  readonly text: string;
  readonly attempt: number | undefined;
}

function useLiveText(id: string, run: AgentRunView | undefined, refresh: () => void): LiveText {
  const stream = useEventStream();
  const [live, setLive] = useState<LiveText>({ text: "", attempt: undefined });
  const isRunning = run?.status === "running";
  const snapshot = run?.text ?? "";
  const buffer = useRef<{ text: string }>({ text: "" });
  useEffect(() => {
    if (!isRunning) return;
    // Events that came before this snapshot are ahead of it.
    if (!buffer.current.text.startsWith(snapshot)) buffer.current.text = snapshot;
    setLive((before) => ({ ...before, text: buffer.current.text }));
  }, [snapshot, isRunning]);
  useEffect(
    () => (isRunning ? follow(stream, id, { buffer: buffer.current, show: setLive, refresh }) : undefined),
    [stream, id, isRunning, refresh],
  );
  return isRunning ? live : { text: snapshot, attempt: undefined };
}

/** Collects what comes and shows it once a frame. */
function follow(
  stream: EventStream,
  id: string,
  to: { readonly buffer: { text: string }; readonly show: (live: LiveText) => void; readonly refresh: () => void },
): () => void {
  let frame: number | undefined;
  const take = (event: AgentRunEvent): void => {
    if (event.type === "agent-run-reloaded") return to.refresh();
    if (event.type === "agent-retrying") return to.show({ text: to.buffer.text, attempt: event.attempt });
    if (event.channel !== "text") return;
    const grown = growText(to.buffer.text, event);
    if (grown === undefined) return to.refresh();
    to.buffer.text = grown;
    frame ??= requestAnimationFrame(() => {
      frame = undefined;
      to.show({ text: to.buffer.text, attempt: undefined });
    });
  };
  const end = stream.subscribe(`run:${id}`, (signal) => {
    if (signal.kind !== "event") return to.refresh();
    if ("runId" in signal.event) take(signal.event as AgentRunEvent);
  });
  return () => {
    end();
    if (frame !== undefined) cancelAnimationFrame(frame);
  };
}
