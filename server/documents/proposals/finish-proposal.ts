import { setProposalStatus } from "../../../shared/codex-format/proposals/edit-board.ts";
import type { FinishProposal } from "../../../shared/proposals.ts";
import type { Clock } from "../../platform/clock.ts";
import { Problem } from "../../platform/problem.ts";
import { staleProblem } from "../write-document.ts";
import { type ChangeBoardDependencies, cardOf, refuseStatus } from "./change-proposal.ts";
import { openBoard } from "./read-boards.ts";

const tries = 5;

/**
 * Sets `done` together with an entry of the task log that names the proposal. The entry is written first: an end in
 * between leaves a proposal that can be finished with it.
 * @throws Problem 409 `stale` or `read-only`, 404 `not-found`, 400 `bad-request`
 */
export async function finishProposal(
  dependencies: ChangeBoardDependencies & { readonly clock: Clock; readonly newRunId: () => string },
  { base, id, logRef, summary, outputFiles = [] }: FinishProposal,
): Promise<{ readonly revision: string; readonly logRef: string }> {
  const { store, parseBoard, writeBytes, taskLog, clock } = dependencies;
  const first = await openBoard(store, parseBoard);
  if (first.document?.revision !== base) throw staleProblem(first.document);
  const card = cardOf(first, id);
  const { key } = card;
  if (key === undefined)
    throw new Problem("read-only", 409, "Only a proposal with a key is finished. Nothing was changed.");
  refuseStatus(first, card, "done");
  const ref = logRef === undefined ? await newEntry(summary) : await knownEntry(logRef);
  for (let count = 1; ; count += 1) {
    const { path, document, board } = await openBoard(store, parseBoard);
    const now = cardOf({ board }, id);
    const bytes = document && setProposalStatus(document.bytes, now, refuseStatus({ board }, now, "done"));
    if (bytes === undefined) throw staleProblem(document);
    const result = await writeBytes(path, bytes, document?.revision, {
      by: "person",
      summary: `${id} is done.`,
      logRef: ref,
    });
    if (result.outcome === "written") return { revision: result.revision, logRef: ref };
    if (count === tries) throw staleProblem(result.current);
  }

  async function knownEntry(wanted: string): Promise<string> {
    const entry = (await taskLog.entries()).find((known) => known.ref === wanted);
    if (entry?.proposal === key) return wanted;
    throw new Problem(
      "bad-request",
      400,
      "That entry of the task log does not name this proposal. Nothing was changed.",
    );
  }

  async function newEntry(text: string | undefined): Promise<string> {
    if (text === undefined || text.trim() === "") {
      throw new Problem(
        "bad-request",
        400,
        "Done needs an entry of the task log, or a summary for one. Nothing was changed.",
      );
    }
    const entry = await taskLog.appendEntry({
      agent: card.agent ?? "person",
      summary: text,
      outputFiles,
      proposal: key ?? id,
      runId: dependencies.newRunId(),
      at: clock.now().toISOString(),
    });
    return entry.ref;
  }
}
