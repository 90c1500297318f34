/** What of the log is looked at, as it stands in the page's address: it can be linked and comes back with the page. */
import { logAddress } from "../platform/studio-address.ts";
import { type LogFilter, noFilter } from "./log-api.ts";

/** What is open beside the list. */
export type LogPanel =
  | { readonly kind: "entry"; readonly ref: string }
  | { readonly kind: "history" }
  | { readonly kind: "new" };

export interface LogPlace {
  readonly filter: LogFilter;
  readonly panel: LogPanel | undefined;
}

const names = { agent: "agent", status: "status", text: "q", proposal: "proposal", feedback: "feedback", file: "file" };

export function readLogPlace(query: URLSearchParams): LogPlace {
  const ref = query.get("ref");
  const open = query.get("open");
  const texts = Object.fromEntries(Object.entries(names).map(([field, name]) => [field, query.get(name) ?? ""]));
  const filter = { ...noFilter, ...texts, hasProblems: query.get("problems") === "1" };
  if (ref !== null) return { filter, panel: { kind: "entry", ref } };
  return { filter, panel: open === "history" || open === "new" ? { kind: open } : undefined };
}

export function writeLogPlace({ filter, panel }: LogPlace): string {
  const query = new URLSearchParams();
  for (const [field, name] of Object.entries(names)) {
    const value = filter[field as keyof typeof names];
    if (value !== "") query.set(name, value);
  }
  if (filter.hasProblems) query.set("problems", "1");
  if (panel?.kind === "entry") query.set("ref", panel.ref);
  else if (panel) query.set("open", panel.kind);
  const text = query.toString();
  return text === "" ? logAddress() : `${logAddress()}?${text}`;
}
