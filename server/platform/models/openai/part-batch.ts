import type { ModelPart } from "../language-model.ts";

/** Collects the parts of one read of the network; neighbouring pieces of text become one part. */
export interface PartBatch {
  addText(text: string): void;
  addReasoning(text: string): void;
  add(part: ModelPart): void;
  isEmpty(): boolean;
  /** Characters waiting, as a measure for holding the network back. */
  size(): number;
  /** Everything since the last call, in order. */
  take(): readonly ModelPart[];
}

/** What a part counts for beside its text, in characters. */
const partCost = 64;

export function createPartBatch(): PartBatch {
  let parts: ModelPart[] = [];
  let type: "text" | "reasoning" = "text";
  let open = "";
  let characters = 0;

  function closeOpen(): void {
    if (open === "") return;
    parts.push({ type, text: open });
    open = "";
  }

  function addPiece(pieceType: "text" | "reasoning", piece: string): void {
    if (pieceType !== type) {
      closeOpen();
      type = pieceType;
    }
    open += piece;
    characters += piece.length;
  }

  return {
    addText: (text) => addPiece("text", text),
    addReasoning: (text) => addPiece("reasoning", text),
    add(part) {
      closeOpen();
      parts.push(part);
      characters += partCost + (part.type === "tool-call" ? part.argumentsText.length : 0);
    },
    isEmpty: () => open === "" && parts.length === 0,
    size: () => characters,
    take() {
      closeOpen();
      const taken = parts;
      parts = [];
      characters = 0;
      return taken;
    },
  };
}
