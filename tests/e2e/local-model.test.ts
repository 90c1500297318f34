import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readConfig } from "../../server/config.ts";
import { runtimeEntry } from "../../server/platform/models/local/local-model-files.ts";
import type { ConversationPage } from "../../shared/chat.ts";
import { PageClient } from "../program/page-client.ts";
import { makePlaces, RunningFolio, removePlaces } from "../program/running-folio.ts";
import { launchBrowser, openLink } from "./browser.ts";

const folder = readConfig({}, join(import.meta.dirname, "..", "..")).localModelDirectory;
const isInstalled = existsSync(join(folder, runtimeEntry));

it.skipIf(!isInstalled)(
  "carries a real model's streamed answer from the page into the file (skipped where `npm run local-model` has not installed it)",
  async () => {
    const places = await makePlaces();
    const folio = await RunningFolio.start(places, { isBuilt: true, environment: { FOLIO_LOCAL_MODEL_DIR: folder } });
    const browser = await launchBrowser();
    try {
      const context = await browser.newContext();
      const page = await openLink(context, folio.link);
      await page.getByRole("button", { name: "Use Local model" }).click();
      const composer = page.getByRole("textbox", { name: "Write a message" });
      await composer.fill("Write one sentence about the sea.");
      await composer.press("Enter");
      await page.getByRole("button", { name: "Stop" }).waitFor();
      const answer = page.getByRole("region", { name: "Messages" });
      // The answer is there in part while it is written, and whole when the button is gone.
      await expect.poll(async () => (await answer.innerText()).length, { timeout: 60_000 }).toBeGreaterThan(60);
      await page.getByRole("button", { name: "Stop" }).waitFor({ state: "detached", timeout: 120_000 });
      const cookie = (await context.cookies()).find(({ name }) => name.startsWith("folio-"));
      const client = new PageClient(folio.port, `${cookie?.name}=${cookie?.value}`);
      const [conversation] = (await client.json<ConversationPage>("GET", "/api/conversations")).conversations;
      const view = await client.view(conversation?.id ?? "");
      const text = view.messages[1]?.parts[0]?.text ?? "";
      expect(text).toMatch(/[a-z]{2,} [a-z]{2,}/i);
      await expect.poll(() => readFile(view.file, "utf8")).toContain(text.trim());
      await expect.poll(() => readFile(view.file, "utf8")).toContain("model=SmolLM2");
    } finally {
      await browser.close();
      await folio.stop();
      await removePlaces(places);
    }
  },
  240_000,
);
