import { useCallback, useMemo } from "react";
import { useLocation, useSearch } from "wouter";
import { type BoardFilter, noFilter } from "./board-lanes.ts";

/** What is open beside the board. */
export type BoardPanel =
  | { readonly kind: "card"; readonly id: string }
  | { readonly kind: "new" }
  /** The cards with this status, which has no lane. */
  | { readonly kind: "list"; readonly status: string };

export interface BoardPlace {
  /** Another board than the one that is found by its name. */
  readonly path: string | undefined;
  readonly filter: BoardFilter;
  readonly panel: BoardPanel | undefined;
  readonly setFilter: (filter: BoardFilter) => void;
  readonly open: (panel: BoardPanel | undefined) => void;
  readonly showBoard: (path: string | undefined) => void;
  readonly addressOf: (panel: BoardPanel) => string;
}

const home = "/studio/proposals";

/** The filter, the open panel and which board, kept in the page's address. */
export function useBoardPlace(): BoardPlace {
  const search = useSearch();
  const [, navigate] = useLocation();
  const place = useMemo(() => readPlace(new URLSearchParams(search)), [search]);
  const addressOf = useCallback((panel: BoardPanel) => addressFor({ ...place, panel }), [place]);
  return {
    ...place,
    setFilter: (filter) => navigate(addressFor({ ...place, filter }), { replace: true }),
    open: (panel) => navigate(addressFor({ ...place, panel })),
    showBoard: (path) => navigate(addressFor({ path, filter: noFilter, panel: undefined })),
    addressOf,
  };
}

type Place = Pick<BoardPlace, "path" | "filter" | "panel">;

function readPlace(query: URLSearchParams): Place {
  const filter = { agent: query.get("agent") ?? "", source: query.get("source") ?? "" };
  return { path: query.get("path") ?? undefined, filter, panel: readPanel(query) };
}

function readPanel(query: URLSearchParams): BoardPanel | undefined {
  const [id, status] = [query.get("id"), query.get("show")];
  if (id !== null && id !== "") return { kind: "card", id };
  if (query.has("new")) return { kind: "new" };
  return status === null ? undefined : { kind: "list", status };
}

function addressFor({ path, filter, panel }: Place): string {
  const query = new URLSearchParams();
  if (path !== undefined) query.set("path", path);
  for (const [name, value] of Object.entries(filter)) if (value !== "") query.set(name, value);
  if (panel?.kind === "card") query.set("id", panel.id);
  if (panel?.kind === "new") query.set("new", "1");
  if (panel?.kind === "list") query.set("show", panel.status);
  return query.size === 0 ? home : `${home}?${query}`;
}
