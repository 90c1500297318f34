import { createHash } from "node:crypto";
import type { EventLog } from "../platform/events/event-log.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { RunEvent } from "./run-agent.ts";
import type { RunAnswer } from "./run-record.ts";

/** A run's answer while it grows: what came, told to whoever watches the run. */
export interface LiveRun {
  readonly target: string;
  readonly isScratch: boolean;
  take(event: RunEvent): void;
  answer(): RunAnswer;
  /** The model has ended: what follows is keeping it, and another run may begin. */
  isOver(): boolean;
  readonly usage: { readonly in?: number; readonly out?: number };
  /** Names of tools that the model wanted. */
  readonly wanted: readonly string[];
}

/** How many names of tools are kept. */
const wantedAtMost = 20;

export function createLiveRun(run: {
  readonly runId: string;
  readonly target: string;
  readonly isScratch: boolean;
  readonly log: Pick<EventLog, "append">;
}): LiveRun {
  const { runId, target, isScratch, log } = run;
  const texts = { text: "", reasoning: "" };
  const usage: { in?: number; out?: number } = {};
  const wanted: string[] = [];
  const digest = createHash("sha256");
  let count = 0;
  let isOver = false;

  const take = (event: RunEvent): void => {
    count += 1;
    digest.update(`${canonicalJson(event)}\n`);
    switch (event.type) {
      case "text":
      case "reasoning":
        log.append(`run:${runId}`, {
          runId,
          type: "agent-text",
          channel: event.type,
          at: texts[event.type].length,
          text: event.text,
        });
        texts[event.type] += event.text;
        return;
      case "retry": {
        const { attempt, afterMs, reason } = event;
        log.append(`run:${runId}`, { runId, type: "agent-retrying", attempt, afterMs, reason });
        return;
      }
      case "usage":
        Object.assign(
          usage,
          event.in === undefined ? {} : { in: event.in },
          event.out === undefined ? {} : { out: event.out },
        );
        return;
      case "tool-call":
        if (wanted.length < wantedAtMost && !wanted.includes(event.name)) wanted.push(event.name);
        return;
      case "ended":
        isOver = true;
    }
  };

  const answer = (): RunAnswer => ({ ...texts, events: { count, sha256: digest.copy().digest("hex") } });

  return { target, isScratch, take, answer, isOver: () => isOver, usage, wanted };
}
