import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { DocumentVersion, DocumentView, DocumentWritten } from "../../shared/documents.ts";
import type { Notice } from "../../shared/events.ts";
import type { PageClient } from "../program/page-client.ts";
import { makePlaces, type Places, RunningFolio, removePlaces } from "../program/running-folio.ts";
import { until } from "../program/until.ts";

const PRD = ".codex/PRD.md";

let places: Places;
let folio: RunningFolio;

beforeEach(async () => {
  places = await makePlaces();
  await mkdir(join(places.folder, ".codex"), { recursive: true });
  await writeFile(join(places.folder, PRD), "# PRD\n");
  folio = await RunningFolio.start(places);
});

afterEach(async () => {
  await folio.stop("SIGKILL");
  await removePlaces(places);
});

const view = (page: PageClient) => page.json<DocumentView>("GET", `/api/documents/content?path=${PRD}`);
const write = (page: PageClient, text: string, base: string) =>
  page.json<DocumentWritten>("PUT", "/api/documents/content", { path: PRD, text, base });
const versions = async (page: PageClient) => {
  const answer = await page.json<{ versions: DocumentVersion[] }>("GET", `/api/documents/versions?path=${PRD}`);
  return answer.versions;
};

it("tells every tab of a change on disk, and refuses the text of a tab that has not seen it", async () => {
  const page = await folio.signIn();
  const tabs = [page.events(["workspace"]), page.events(["workspace"])];
  for (const tab of tabs) await tab.opened();
  const { revision } = await view(page);
  await writeFile(join(places.folder, PRD), "# By an editor\n");
  for (const tab of tabs) await tab.waitFor("document-changed", ({ path }) => path === PRD);
  const answer = await page.send("PUT", "/api/documents/content", { path: PRD, text: "# Mine\n", base: revision });
  expect([answer.status, await answer.json()]).toMatchObject([
    409,
    { facts: { revision: (await view(page)).revision } },
  ]);
  expect(await readFile(join(places.folder, PRD), "utf8")).toBe("# By an editor\n");
  for (const tab of tabs) tab.close();
});

it("after a kill has every version that was answered, and those that were made meanwhile", async () => {
  const page = await folio.signIn();
  let { revision } = await view(page);
  for (const text of ["# one\n", "# two\n"]) ({ revision } = await write(page, text, revision));
  await folio.stop("SIGKILL");
  await writeFile(join(places.folder, PRD), "# while away\n");
  folio = await RunningFolio.start(places);
  const later = await folio.signIn();
  const all = await until("the version made while away", async () => {
    const found = await versions(later);
    return found.length >= 4 ? found : undefined;
  });
  expect(all.map(({ by }) => by)).toEqual(["outside", "person", "person", "outside"]);
  const { text } = await later.json<{ text: string }>("GET", `/api/documents/version?path=${PRD}&revision=${revision}`);
  expect(text).toBe("# two\n");
});

it("says in the session that the folder has become the home of Codex CLI", async () => {
  const page = await folio.signIn();
  await writeFile(join(places.folder, ".codex/auth.json"), "{}");
  const found = await until("the notice", async () => {
    const { notices } = await page.json<{ notices: Notice[] }>("GET", "/api/session");
    return notices.find(({ id }) => id === "codex-home");
  });
  expect(found.level).toBe("danger");
  expect((await page.send("GET", "/api/documents")).status).toBe(403);
});

it("writes nothing into a folder that is only looked at", async () => {
  const empty = await makePlaces();
  const other = await RunningFolio.start(empty);
  const page = await other.signIn();
  for (const path of ["documents", "roster", "proposals", "task-log", "task-log/items", "inbox", "feedback"]) {
    expect([path, (await page.send("GET", `/api/${path}`)).status]).toEqual([path, 200]);
  }
  await other.stop();
  await expect(readFile(empty.folder)).rejects.toThrow("ENOENT");
  await removePlaces(empty);
});
