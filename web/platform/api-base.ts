/**
 * Where this browser's session is valid, `/s/<word>`: its cookie goes there and nowhere else, so that no other server on
 * this computer gets it. Only pages of this very origin (port included) can read the word.
 */
const key = "folio.session-path";
const mark = "folio-events ";

/** Before `/api` in every address. A shared worker cannot read the page's storage: its name carries it. */
export function apiBase(): string {
  if (typeof localStorage !== "undefined") return localStorage.getItem(key) ?? "";
  const { name = "" } = globalThis as { readonly name?: string };
  return name.startsWith(mark) ? name.slice(mark.length) : "";
}

/** A worker of another session is another worker. */
export const workerName = (): string => `${mark}${apiBase()}`;

export function keepApiBase(path: string): void {
  localStorage.setItem(key, path);
}
