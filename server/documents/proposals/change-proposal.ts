import type { BoardCard, ProposalStatus } from "../../../shared/codex-format/proposals/board.ts";
import { CARD_FIELDS } from "../../../shared/codex-format/proposals/card-fields.ts";
import {
  setCardField,
  setProposalStatus,
  statusChoices,
  toggleCheckbox,
} from "../../../shared/codex-format/proposals/edit-board.ts";
import type { ChangeProposal } from "../../../shared/proposals.ts";
import { Problem } from "../../platform/problem.ts";
import type { StoredDocument } from "../../platform/store/document-store.ts";
import { readForChange } from "../change-document.ts";
import type { WriteBytes } from "../task-log-port.ts";
import { revisionOf, staleProblem } from "../write-document.ts";
import { type BoardDependencies, cardIds } from "./board-view.ts";
import type { OpenBoard } from "./read-boards.ts";

export interface ChangeBoardDependencies extends BoardDependencies {
  readonly writeBytes: WriteBytes;
}

/** One edit of one card. @throws Problem 409 `stale` or `read-only`, 404 `not-found`, 400 `bad-request` */
export async function changeProposal(
  dependencies: ChangeBoardDependencies,
  { path, base, id, change }: ChangeProposal,
): Promise<{ readonly revision: string }> {
  const document = await readForChange(dependencies.store, path, base);
  if (document === undefined) throw staleProblem(undefined);
  const board = dependencies.parseBoard(document);
  const card = cardOf({ board }, id);
  const bytes = editedBytes(document, { board, card }, change);
  if (bytes === undefined) {
    throw new Problem("read-only", 409, "The board has no place where this can be written. It was left as it is.");
  }
  const summary = `Changed ${id}: ${wordsOf(change)}.`;
  return { revision: revisionOf(await dependencies.writeBytes(path, bytes, base, { by: "person", summary })) };
}

/** @throws Problem 404 `not-found` */
export function cardOf({ board }: Pick<OpenBoard, "board">, id: string): BoardCard {
  const card = board.cards[cardIds(board).indexOf(id)];
  if (card === undefined) throw new Problem("not-found", 404, `The board has no card “${id}”. Nothing was changed.`);
  return card;
}

/** @throws Problem 409 `read-only` when the card may not get that status now */
export function refuseStatus({ board }: Pick<OpenBoard, "board">, card: BoardCard, status: string): ProposalStatus {
  const found = statusChoices(board, card).find((choice) => choice === status);
  if (found !== undefined) return found;
  const now = card.status ?? card.statusText ?? "without a status";
  throw new Problem("read-only", 409, `A card that is ${now} cannot become “${status}”. Nothing was changed.`);
}

function editedBytes(
  { bytes }: StoredDocument,
  { board, card }: Pick<OpenBoard, "board"> & { readonly card: BoardCard },
  change: ChangeProposal["change"],
): Uint8Array | undefined {
  switch (change.type) {
    case "status": {
      const status = refuseStatus({ board }, card, change.status);
      if (status === "done" && board.shape === "proposals") throw needsEntry();
      return setProposalStatus(bytes, card, status);
    }
    case "check": {
      const item = card.checklist[change.number];
      if (item === undefined) throw new Problem("not-found", 404, "The card has no such box. Nothing was changed.");
      return item.isChecked === change.isChecked ? bytes : toggleCheckbox(bytes, item.span);
    }
    case "field":
      return setCardField(bytes, card, fieldName(change.name), change.value);
  }
}

function needsEntry(): Problem {
  return new Problem("read-only", 409, "Done is set together with an entry in the task log that names the proposal.", {
    detail: "Finish it: choose the entry, or write a summary for a new one. Nothing was changed.",
  });
}

function fieldName(name: string): string {
  const known = CARD_FIELDS.find((field) => field.toLowerCase() === name.toLowerCase());
  if (known !== undefined && known !== "Status") return known;
  throw new Problem("bad-request", 400, `“${name}” is no field that is set like this. Nothing was changed.`);
}

function wordsOf(change: ChangeProposal["change"]): string {
  if (change.type === "status") return `status ${change.status}`;
  return change.type === "check" ? `box ${change.number + 1}` : change.name;
}
