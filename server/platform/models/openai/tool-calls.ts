import type { PartBatch } from "./part-batch.ts";

export interface ToolCallPiece {
  /** As the server gave it; many give none, or the same for every call. */
  readonly index: number | undefined;
  readonly callId: string | undefined;
  readonly name: string | undefined;
  /** A piece of JSON text. */
  readonly argumentsText: string;
}

interface OpenCall {
  readonly index: number;
  readonly callId: string;
  argumentsText: string;
}

/** Puts the pieces of tool calls in order, also when a server leaves out their index or id. */
export interface ToolCalls {
  add(piece: ToolCallPiece): void;
  /** How many calls there are so far. */
  count(): number;
  /** Whether anything of the arguments of this call has come. */
  hasArguments(callId: string): boolean;
  /** False when the arguments of a call are not whole JSON; no arguments at all are fine. */
  areWhole(): boolean;
}

export function createToolCalls(batch: PartBatch): ToolCalls {
  const calls: OpenCall[] = [];
  const byId = new Map<string, OpenCall>();
  const byServerIndex = new Map<number, OpenCall>();

  /** The call that a piece continues; `undefined` when it begins a new one. */
  function continued({ index, callId, name }: ToolCallPiece): OpenCall | undefined {
    const known = callId === undefined ? undefined : byId.get(callId);
    if (known) return known;
    // A new name with a new id is a new call, even under an index that was there before: some servers number all calls 0.
    if (name !== undefined && (callId !== undefined || index === undefined)) return undefined;
    return index === undefined ? calls.at(-1) : byServerIndex.get(index);
  }

  function begin({ index: serverIndex, callId, name = "", argumentsText }: ToolCallPiece): void {
    const index = calls.length;
    const call: OpenCall = { index, callId: callId ?? `call_${index}`, argumentsText };
    calls.push(call);
    byId.set(call.callId, call);
    if (serverIndex !== undefined) byServerIndex.set(serverIndex, call);
    batch.add({ type: "tool-call", index, callId: call.callId, name, argumentsText });
  }

  return {
    add(piece) {
      const call = continued(piece);
      if (call === undefined) {
        begin(piece);
        return;
      }
      call.argumentsText += piece.argumentsText;
      if (piece.argumentsText === "") return;
      batch.add({ type: "tool-call", index: call.index, argumentsText: piece.argumentsText });
    },
    count: () => calls.length,
    hasArguments: (callId) => (byId.get(callId)?.argumentsText ?? "") !== "",
    areWhole: () => calls.every(({ argumentsText }) => argumentsText.trim() === "" || isJson(argumentsText)),
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
