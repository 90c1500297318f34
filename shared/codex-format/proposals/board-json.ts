import type { Board, BoardCard } from "./board.ts";

/** What `proposals list --json` prints. */
export function boardJson(board: Board): Readonly<Record<string, unknown>> {
  const { shape, lanes, invalid } = board;
  return { shape, lanes, proposals: board.cards.map(cardJson), invalid };
}

function cardJson(card: BoardCard): Readonly<Record<string, unknown>> {
  const { key, title, status, statusText, lane, agent, proposedBy, date, priority, source, feedback } = card;
  const facts = { key, title, status, statusText, lane, agent, proposedBy, date, priority, source, feedback };
  const sections = card.sections.map(({ name, text }) => ({ name, text }));
  const checklist = card.checklist.map(({ text, isChecked }) => ({ text, isChecked }));
  const { problems, span, possibleDuplicateOf } = card;
  return { ...facts, sections, checklist, problems, possibleDuplicateOf, span };
}
