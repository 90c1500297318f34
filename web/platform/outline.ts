import { apiBase } from "./api-base.ts";
import { readStored, writeStored } from "./stored.ts";

/**
 * The outline is what index.html paints of the page before any of its program is there. It is shown to a browser that
 * was in the page when it last looked, so that nobody sees it before a page for signing in or for setting up.
 */
const key = "folio.outline";

export function isOutlineTrue(): boolean {
  return apiBase() !== "" && readStored(key) !== "none";
}

/** The next start shows what it shows by itself. */
export function forgetOutline(): void {
  writeStored(key, "none");
  removeOutline();
}

/** The page is there: it takes the outline's place, now and at the next start. */
export function replaceOutline(): void {
  writeStored(key, undefined);
  removeOutline();
}

/** What stands there instead has another form. */
export function removeOutline(): void {
  document.getElementById("outline")?.remove();
}
