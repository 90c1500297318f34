import { apiBase } from "./api-base.ts";

/**
 * Asks the API (`/api` + path) before the program that wants the answers is there: the browser keeps each and gives it
 * to the first `fetch` of the same address. Without a session nothing is asked.
 */
export function askEarly(paths: readonly string[]): void {
  const base = apiBase();
  if (base === "") return;
  for (const path of paths) {
    const link = document.createElement("link");
    link.rel = "preload";
    link.as = "fetch";
    link.crossOrigin = "anonymous";
    link.href = `${base}/api${path}`;
    document.head.append(link);
  }
}
