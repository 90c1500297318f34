/** The example of the format, for its tests. */
import type { BoardCard, NewProposal } from "./board.ts";
import { readBoard } from "./read-board.ts";

export const proposal: NewProposal = {
  key: "pt-7k2m9q",
  title: "Add a contact page",
  proposedBy: "feedback_interpreter",
  date: "2025-06-27",
  agent: "frontend_specialist",
  priority: "medium",
  source: "fb-01jz2y",
  goal: "One place to reach the team.",
  requirements: ["A page with e-mail, partnership form, chat invite"],
  outputFiles: ["apps/studio/src/app/contact/page.tsx"],
  completionCriteria: ["Linked from the side bar"],
};
/** The file that it becomes. */
export const EXAMPLE = `# PROPOSED-TASKS.md

Suggested work, written by \`planner\` and \`feedback_interpreter\`. Nothing here is promised.

---

## Task: \`pt-7k2m9q\` — Add a contact page

- **Status:** proposed
- **Agent:** \`frontend_specialist\`
- **Proposed by:** \`feedback_interpreter\`
- **Date:** 2025-06-27
- **Priority:** medium
- **Source:** feedback \`fb-01jz2y\`

### Goal
One place to reach the team.

### Requirements
- A page with e-mail, partnership form, chat invite

### Output Files
- \`apps/studio/src/app/contact/page.tsx\`

### Completion Criteria
- [ ] Linked from the side bar
`;

export function firstCard(bytes: Uint8Array): BoardCard {
  const [card] = readBoard(bytes).cards;
  if (card === undefined) throw new Error("The board has no card.");
  return card;
}
