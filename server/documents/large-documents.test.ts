import { afterEach, beforeEach, expect, test } from "vitest";
import { readBoard } from "../../shared/codex-format/proposals/read-board.ts";
import type { DocumentsView, DocumentView } from "../../shared/documents.ts";
import type { BoardView } from "../../shared/proposals.ts";
import type { RosterView } from "../../shared/roster.ts";
import { type DocumentsRig, openDocumentsRig } from "./documents-rig.ts";
import { createBoardCache } from "./proposals/read-boards.ts";

let rig: DocumentsRig;

beforeEach(async () => {
  rig = await openDocumentsRig();
});

afterEach(async () => {
  await rig.close();
});

const agent = (number: number) =>
  `## Agent: \`agent_${number}\`\n\n- **Role:** R\n- **Goal:** Write \`.codex/A.md\`.\n\n`;
const task = (number: number) =>
  `## Task: \`pt-${String(number).padStart(6, "0")}\` — Title\n\n- **Status:** proposed\n\n`;
const many = (count: number, line: (number: number) => string) =>
  Array.from({ length: count }, (_, number) => line(number)).join("");

test("a roster of too many lines is not read as one, says so, and is not written", async () => {
  const text = `# AGENTS.md\n\n${many(4_001, agent)}`;
  await rig.put(".codex/AGENTS.md", text);
  const roster = await rig.json<RosterView>("GET", "/roster");
  expect(roster).toMatchObject({ kind: "instructions", agents: [], invalid: [{ line: 1 }] });
  expect(roster.invalid[0]?.reason).toContain("20,000 lines");
  const change = { type: "adopt", into: "section" };
  expect((await rig.send("POST", "/roster", { base: roster.revision, change })).status).toBe(413);
  expect(await rig.text(".codex/AGENTS.md")).toBe(text);
  await rig.json("POST", "/roster", { base: roster.revision, change: { type: "adopt", into: "file" } });
  expect(await rig.json<RosterView>("GET", "/roster")).toMatchObject({ kind: "roster", path: ".codex/ROSTER.md" });
});

test("a board of too many lines is refused in words and counted nowhere; the largest that is read is read", async () => {
  await rig.put(".codex/PROPOSED-TASKS.md", `# Board\n\n${many(5_001, task)}`);
  const refused = await rig.send("GET", "/proposals");
  expect([refused.status, await refused.json()]).toMatchObject([413, { code: "too-large" }]);
  const { documents } = await rig.json<DocumentsView>("GET", "/documents");
  expect(documents.find(({ kind }) => kind === "proposals")).toMatchObject({ findings: 1 });
  expect(documents[0]).not.toHaveProperty("completeness");
  await rig.put(".codex/PROPOSED-TASKS.md", `# Board\n\n${many(4_990, task)}`);
  const board = await rig.json<BoardView>("GET", "/proposals");
  expect(board.lanes[0]?.cards).toHaveLength(4_990);
});

test("a document of over a megabyte is shown and can be changed, with the one finding that it was not looked through", async () => {
  await rig.put(".codex/PRD.md", `# PRD\n\n{{NAME}}\n\n${"word ".repeat(220_000)}\n`);
  const view = await rig.json<DocumentView>("GET", "/documents/content?path=.codex/PRD.md");
  expect(view).toMatchObject({ outline: [], sections: [], findings: 1, findingsList: [{ code: "too-large" }] });
  expect([view.text.length > 1_000_000, view.readOnly]).toEqual([true, undefined]);
  const written = await rig.send("PUT", "/documents/content", {
    path: view.path,
    text: "# PRD\n",
    base: view.revision,
  });
  expect(written.status).toBe(200);
});

test("places and lines of what is invalid are right, however much of it there is", async () => {
  const broken = "## Agent: ``\n\n";
  await rig.put(".codex/AGENTS.md", `${agent(1)}${broken.repeat(9_000)}`);
  const { invalid } = await rig.json<RosterView>("GET", "/roster");
  expect([invalid.length, invalid[0]?.line, invalid.at(-1)?.line]).toEqual([9_000, 6, 6 + 2 * 8_999]);
  await rig.put(".codex/PROPOSED-TASKS.md", `## Task: \`\`\n\n${task(1)}${task(2)}## Task: \`\`\n`);
  const board = await rig.json<BoardView>("GET", "/proposals");
  expect(board.invalid.map(({ place, line }) => [place, line])).toEqual([
    [0, 1],
    [2, 11],
  ]);
}, 20_000);

test("a board is read once for each content", () => {
  const bytes = new TextEncoder().encode(task(1));
  const parse = createBoardCache();
  const board = parse({ path: "a.md", bytes, revision: "1", modified: 0 });
  expect(parse({ path: "a.md", bytes: new Uint8Array(), revision: "1", modified: 1 })).toBe(board);
  expect(board).toEqual(readBoard(bytes));
});
