import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { canaryKey } from "../program/no-leak.ts";

/** Debian's Chromium, kept from asking anything of its maker. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Every error that the page wrote to its console or threw; a test looks at it at its end. */
export function watchErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    // A browser notes answers of 4xx by itself; the tests that make them ask for what the page says.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      errors.push(message.text());
  });
  return errors;
}

/** Every answer of the API that a key came back in. */
function watchAnswers(page: Page): string[] {
  const leaks: string[] = [];
  page.on("response", (response) => {
    if (!response.url().includes("/api/") || response.url().includes("/api/events")) return;
    response.text().then(
      (text) => text.includes(canaryKey) && leaks.push(`${response.url()} holds a key`),
      () => undefined,
    );
  });
  return leaks;
}

/** Opens the link that Folio printed, as a person does. */
export async function openLink(context: BrowserContext, link: string): Promise<Page> {
  const page = await context.newPage();
  const leaks = watchAnswers(page);
  page.once("close", () => {
    if (leaks.length > 0) throw new Error(leaks.join("\n"));
  });
  await page.goto(link);
  return page;
}
