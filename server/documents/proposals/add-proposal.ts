import { randomBytes } from "node:crypto";
import { appendProposal, newProposalKey } from "../../../shared/codex-format/proposals/compose-proposal.ts";
import type { NewProposal } from "../../../shared/proposals.ts";
import type { Clock } from "../../platform/clock.ts";
import { Problem } from "../../platform/problem.ts";
import { localDay } from "../local-day.ts";
import { staleProblem } from "../write-document.ts";
import type { ChangeBoardDependencies } from "./change-proposal.ts";
import { boardPath, type OpenBoard, openBoard } from "./read-boards.ts";

/** A board that is written all the time is tried again so often. */
const tries = 5;

/** Who proposes: a person by the page, or the agent whose draft it was. */
export async function addProposal(
  dependencies: ChangeBoardDependencies & { readonly clock: Clock },
  proposal: NewProposal & { readonly proposedBy?: string },
): Promise<{ readonly id: string; readonly revision: string }> {
  const { writeBytes, clock } = dependencies;
  for (let count = 1; ; count += 1) {
    const { path, document, board } = await ownBoard(dependencies);
    const id = newKey(new Set(board.cards.map(({ key }) => key)));
    const bytes = appendProposal(document?.bytes ?? new Uint8Array(), {
      key: id,
      title: proposal.title,
      proposedBy: proposal.proposedBy ?? "person",
      date: localDay(clock.now()),
      goal: proposal.goal,
      requirements: proposal.requirements,
      outputFiles: proposal.outputFiles,
      completionCriteria: proposal.criteria,
      ...(proposal.agent === undefined ? {} : { agent: proposal.agent }),
      ...(proposal.priority === undefined ? {} : { priority: proposal.priority }),
      ...(proposal.source === undefined ? {} : { source: proposal.source }),
    });
    if (bytes === undefined) {
      throw new Problem("read-only", 409, `${path} is a board of another form. Folio adds nothing to it.`);
    }
    const summary = `Proposed ${id}: ${proposal.title}`;
    const result = await writeBytes(path, bytes, document?.revision, { by: "person", summary });
    if (result.outcome === "written") return { id, revision: result.revision };
    if (count === tries) throw staleProblem(result.current);
  }
}

/** Beside a board that somebody else keeps in a form of theirs, proposals get a file of their own. */
async function ownBoard({ store, parseBoard }: ChangeBoardDependencies): Promise<OpenBoard> {
  const found = await openBoard(store, parseBoard);
  return found.board.shape === "proposals" ? found : openBoard(store, parseBoard, boardPath);
}

function newKey(taken: ReadonlySet<string | undefined>): string {
  for (;;) {
    const key = newProposalKey(randomBytes);
    if (!taken.has(key)) return key;
  }
}
