/** Where things of the studio are in the page, and what an address of the page means. */

const documents = "/studio/documents/";

/** `part`: `source`, `history`; `run`: the run shown beside the document; `line`: of the source, from 1. */
export function documentAddress(
  path: string,
  options: { readonly part?: string; readonly run?: string; readonly line?: number } = {},
): string {
  const { run, line } = options;
  const asked = new URLSearchParams({ ...(run && { run }), ...(line && { line: String(line) }) });
  const query = asked.size === 0 ? "" : `?${asked}`;
  const hash = options.part === undefined ? "" : `#${options.part}`;
  return documents + path.split("/").map(encodeURIComponent).join("/") + query + hash;
}

/** The document's path of an address (`location.pathname`, still encoded); undefined for every other address. */
export function documentOfAddress(pathname: string): string | undefined {
  if (!pathname.startsWith(documents) || pathname === documents) return undefined;
  try {
    return pathname.slice(documents.length).split("/").map(decodeURIComponent).join("/");
  } catch {
    return undefined;
  }
}

/** The log, open at the entry with this `ref`. */
export function logAddress(ref?: string): string {
  return ref === undefined ? "/studio/log" : `/studio/log?ref=${encodeURIComponent(ref)}`;
}

export function runAddress(id: string): string {
  return `/studio/runs/${encodeURIComponent(id)}`;
}

/** A conversation; with `message`, at that message, whatever branch it is on. */
export function conversationAddress(id: string, message?: string): string {
  const query = message === undefined ? "" : `?message=${encodeURIComponent(message)}`;
  return `/c/${encodeURIComponent(id)}${query}`;
}

/** The board, at one card. */
export function proposalAddress(id: string): string {
  return `/studio/proposals?id=${encodeURIComponent(id)}`;
}

export function feedbackAddress(id: string): string {
  return `/studio/feedback?id=${encodeURIComponent(id)}`;
}

/** The runs, with the form that asks an agent; `agent` is chosen already. */
export function newRunAddress(agent?: string): string {
  return agent === undefined ? "/studio/runs?new=1" : `/studio/runs?new=1&agent=${encodeURIComponent(agent)}`;
}

/** The questions that start a project. */
export const newProjectAddress = "/studio/project";

/** A project that was started: its steps, and the run of the one that is due. */
export function projectAddress(id: string): string {
  return `${newProjectAddress}?id=${encodeURIComponent(id)}`;
}
