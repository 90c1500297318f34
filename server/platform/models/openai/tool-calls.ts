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
  readonly serverIndex: number | undefined;
  readonly callId: string;
  argumentsText: string;
}

/** Puts the pieces of tool calls in order, also when a server leaves out their index or id. */
export interface ToolCalls {
  add(piece: ToolCallPiece): void;
  /** How many calls there are so far. */
  count(): number;
  /** False when the arguments of a call are not whole JSON; no arguments at all are fine. */
  areWhole(): boolean;
}

export function createToolCalls(batch: PartBatch): ToolCalls {
  const calls: OpenCall[] = [];

  /** The call that a piece continues; `undefined` when it begins a new one. */
  function continued({ index, callId, name }: ToolCallPiece): OpenCall | undefined {
    const byId = callId === undefined ? undefined : calls.find((call) => call.callId === callId);
    if (byId) return byId;
    const sameIndex = index === undefined ? calls.at(-1) : calls.findLast((call) => call.serverIndex === index);
    // A new name with a new id is a new call, even under an index that was there before: some servers number all calls 0.
    const isNew = name !== undefined && (callId !== undefined || index === undefined);
    return isNew ? undefined : sameIndex;
  }

  function begin(piece: ToolCallPiece): OpenCall {
    const index = calls.length;
    const callId = piece.callId ?? `call_${index}`;
    const call: OpenCall = { index, serverIndex: piece.index, callId, argumentsText: piece.argumentsText };
    calls.push(call);
    const name = piece.name ?? "";
    batch.add({ type: "tool-call", index, callId, name, argumentsText: piece.argumentsText });
    return call;
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
