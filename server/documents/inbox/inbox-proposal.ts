/** From a Markdown file in the inbox to a proposal. */
import { decodeStrictly } from "../../../shared/chat-format/bytes.ts";
import type { NewProposal } from "../../../shared/codex-format/proposals/board.ts";
import { newProposalKey } from "../../../shared/codex-format/proposals/compose-proposal.ts";
import { localDay } from "../local-day.ts";
import { digest } from "../task-log/digest.ts";

export type InboxProposal =
  | { readonly outcome: "proposal"; readonly proposal: NewProposal }
  | { readonly outcome: "refused"; readonly reason: string };

const MOST_BYTES = 64 * 1024;
const LONGEST_TITLE = 300;
const PROPOSED_BY = /^(?:[-*] +)?(?:\*\*)?(?:proposed by|agent|author)(?:\*\*)?:(?:\*\*)?\s*`?([\w@.-]{1,64})`?\s*$/im;

/**
 * The first heading is the title, all the rest the goal; who proposes it is what the file says, else `inbox`. The key
 * is made of the file's name and bytes: a file that is taken twice is written once.
 */
export function readInboxProposal(name: string, bytes: Uint8Array, now: Date): InboxProposal {
  if (bytes.length > MOST_BYTES) return refused(`It is larger than ${MOST_BYTES / 1024} kB.`);
  const text = decodeStrictly(bytes)?.replace(/^\ufeff/, "");
  if (text === undefined) return refused("It is not UTF-8.");
  if (text.trim() === "") return refused("It is empty.");
  const heading = /^ {0,3}#{1,6}[ \t]+(\S.*?)[ \t]*#*[ \t]*$/m.exec(text);
  const words = name.replace(/\.md$/i, "").replaceAll(/[-_]+/g, " ").trim();
  const title = (heading?.[1] ?? "").replace(/^(?:Task|Proposal):\s*(?:`[^`]*`\s*(?:—\s*)?)?/i, "").trim() || words;
  const goal = heading === null ? text : text.slice(0, heading.index) + text.slice(heading.index + heading[0].length);
  const key = newProposalKey((count) => digest(Buffer.concat([Buffer.from(`${name}\0`), bytes])).subarray(0, count));
  return {
    outcome: "proposal",
    proposal: {
      ...{ key, title: [...title].slice(0, LONGEST_TITLE).join(""), date: localDay(now), status: "proposed" },
      proposedBy: PROPOSED_BY.exec(text)?.[1] ?? "inbox",
      source: `codex-inbox/${name}`,
      goal,
    },
  };
}

function refused(reason: string): InboxProposal {
  return { outcome: "refused", reason };
}
