import { expect, it } from "vitest";
import type { BoardView, CardView } from "../../shared/proposals.ts";
import { agentsOf, drawBoard, noFilter, withMoves } from "./board-lanes.ts";

function card(id: string, place: number, rest: Partial<CardView> = {}): CardView {
  const lists = { feedback: [], sections: [], checklist: [], possibleDuplicates: [], problems: [], nextStatuses: [] };
  return { id, place, title: id, ...lists, logRefs: [], raw: "", ...rest };
}

function board(shape: string, cards: readonly CardView[], rest: Partial<BoardView> = {}): BoardView {
  return { path: "b.md", exists: true, shape, lanes: [{ name: "all", cards }], invalid: [], others: [], ...rest };
}

const shown = (drawn: ReturnType<typeof drawBoard>) =>
  drawn.lanes.map(({ name, items }) => [
    name,
    items.map((item) => (item.kind === "card" ? item.card.id : `line ${item.invalid.line}`)),
  ]);

it("has a lane for each status of an own board, done ones newest first, and lists for what was put aside", () => {
  const cards = [
    card("a", 0, { status: "done" }),
    card("b", 1, { status: "proposed" }),
    card("c", 2, { status: "done" }),
    card("d", 3, { status: "rejected" }),
    card("e", 4, { status: "perhaps" }),
  ];
  const drawn = drawBoard(board("proposals", cards), noFilter);
  expect(shown(drawn)).toEqual([
    ["proposed", ["b"]],
    ["accepted", []],
    ["in-progress", []],
    ["done", ["c", "a"]],
    ["perhaps", ["e"]],
  ]);
  expect(drawn.aside.map(({ name, cardCount }) => [name, cardCount])).toEqual([
    ["rejected", 1],
    ["superseded", 0],
  ]);
});

it("shows on top of the done ones what was logged last", () => {
  const logged = (taskId: string) => ({ status: "done", logRefs: [{ ref: taskId, taskId }] });
  const cards = [card("a", 0, logged("task-012")), card("b", 1, logged("task-009")), card("c", 2, { status: "done" })];
  expect(shown(drawBoard(board("proposals", cards), noFilter)).at(-1)).toEqual(["done", ["a", "b", "c"]]);
});

it("puts what cannot be read behind the card that it follows in the file", () => {
  const cards = [card("a", 0, { status: "accepted" }), card("b", 1, { status: "accepted" })];
  const invalid = [
    { raw: "?", reason: "no key", line: 3, place: 0 },
    { raw: "?", reason: "no key", line: 9, place: 1 },
  ];
  expect(shown(drawBoard(board("proposals", cards, { invalid }), noFilter)).slice(0, 2)).toEqual([
    ["proposed", ["line 3"]],
    ["accepted", ["a", "line 9", "b"]],
  ]);
});

it("keeps the headings of another board, and takes statuses where it has none", () => {
  const cards = [card("a", 0, { lane: "Now", status: "proposed" }), card("b", 1, { lane: "Later" })];
  const lanes = [
    { name: "Now", cards: [cards[0] as CardView] },
    { name: "Later", cards: [cards[1] as CardView] },
  ];
  const byHeading = drawBoard(board("checkboxes", [], { lanes }), noFilter);
  expect(shown(byHeading)).toEqual([
    ["Now", ["a"]],
    ["Later", ["b"]],
  ]);
  expect(byHeading.lanes[0]?.status).toBeUndefined();
  const bare = [card("a", 0, { status: "done", lane: "Plan" }), card("b", 1, { status: "proposed", lane: "Plan" })];
  expect(shown(drawBoard(board("emoji", bare), noFilter))).toEqual([
    ["proposed", ["b"]],
    ["done", ["a"]],
  ]);
});

it("shows only what an agent has to do with, or what came from feedback", () => {
  const cards = [
    card("a", 0, { status: "proposed", proposedBy: "planner", feedback: ["fb-1"] }),
    card("b", 1, { status: "proposed", agent: "planner", source: "PRD" }),
    card("c", 2, { status: "proposed", agent: "writer" }),
  ];
  const only = (agent: string, source: string) =>
    shown(drawBoard(board("proposals", cards), { agent, source }))[0]?.[1];
  expect(agentsOf(board("proposals", cards))).toEqual(["planner", "writer"]);
  expect(only("planner", "")).toEqual(["a", "b"]);
  expect(only("", "feedback")).toEqual(["a"]);
  expect(only("planner", "other")).toEqual(["b"]);
  expect(only("", "none")).toEqual(["c"]);
});

it("shows a move before it is written", () => {
  const moved = withMoves(board("proposals", [card("a", 0, { status: "proposed" })]), new Map([["a", "accepted"]]));
  expect(shown(drawBoard(moved, noFilter))[1]).toEqual(["accepted", ["a"]]);
});
