import { taskDocument } from "../../../shared/codex-format/proposals/task-document.ts";
import { Problem } from "../../platform/problem.ts";
import { findRoster, type RosterCache } from "../roster/read-rosters.ts";
import { staleProblem } from "../write-document.ts";
import { tasksFolder } from "./board-view.ts";
import { type ChangeBoardDependencies, cardOf } from "./change-proposal.ts";
import { openBoard } from "./read-boards.ts";

const longestSlug = 60;

/**
 * Makes the task document of a proposal; the board stays as it is.
 * @throws Problem 409 `stale`, `read-only` or `already-exists`, 404 `not-found`
 */
export async function promoteProposal(
  dependencies: ChangeBoardDependencies & { readonly parseRoster: RosterCache },
  { base, id }: { readonly base: string; readonly id: string },
): Promise<{ readonly path: string }> {
  const { store, parseBoard, parseRoster, writeBytes, taskLog } = dependencies;
  const open = await openBoard(store, parseBoard);
  if (open.document?.revision !== base) throw staleProblem(open.document);
  const card = cardOf(open, id);
  if (card.key === undefined || !/^[\w-]{1,100}$/.test(card.key)) {
    throw new Problem("read-only", 409, "Only a proposal with a key becomes a task document. Nothing was written.");
  }
  const [known] = await store.find(tasksFolder, (name) => name.startsWith(`${card.key}-`) && name.endsWith(".md"));
  if (known !== undefined) throw alreadyThere(known.path);
  const roster = await findRoster(store, parseRoster);
  const role = roster?.roster.agents.find(({ key }) => key === card.agent)?.role;
  const text = taskDocument(card, {
    number: await nextNumber(dependencies),
    ...(role === undefined ? {} : { agentRole: role }),
    ...(roster === undefined ? {} : { rosterPath: roster.document.path }),
  });
  const path = `${tasksFolder}/${card.key}-${slugOf(card.title)}.md`;
  const result = await writeBytes(path, new TextEncoder().encode(text), undefined, {
    by: "person",
    summary: `Made from proposal ${card.key}.`,
  });
  if (result.outcome === "stale") throw alreadyThere(path);
  return { path };

  async function nextNumber(_: unknown): Promise<number> {
    const preview = await taskLog.previewEntry({
      agent: "person",
      summary: "Only its number is asked for.",
      outputFiles: [],
      runId: "0".repeat(26),
      at: new Date(0).toISOString(),
    });
    return Number(/\d+/.exec(preview.taskId)?.[0] ?? 1);
  }
}

function alreadyThere(path: string): Problem {
  return new Problem("already-exists", 409, "The proposal has a task document already. It was left as it is.", {
    facts: { path },
  });
}

function slugOf(title: string): string {
  const words = title
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const slug = (words ?? []).join("-").slice(0, longestSlug).replace(/-$/, "");
  return slug === "" ? "task" : slug;
}
