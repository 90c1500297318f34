import { useCallback, useMemo } from "react";
import { useLocation, useSearch } from "wouter";
import { type LogPanel, type LogPlace, readLogPlace, writeLogPlace } from "./log-address.ts";
import { type LogFilter, noFilter } from "./log-api.ts";

export interface LogPlaceHandle extends LogPlace {
  /** Typing is one step back, not one a letter. */
  readonly setFilter: (filter: LogFilter) => void;
  readonly openPanel: (panel: LogPanel | undefined) => void;
  readonly addressOf: (ref: string) => string;
  /** To an entry wherever the list is filtered to: without the filter. */
  readonly plainAddressOf: (ref: string) => string;
}

/** The filter and the open panel, kept in the page's address. */
export function useLogPlace(): LogPlaceHandle {
  const search = useSearch();
  const [, navigate] = useLocation();
  const place = useMemo(() => readLogPlace(new URLSearchParams(search)), [search]);
  const setFilter = useCallback(
    (filter: LogFilter) => navigate(writeLogPlace({ ...place, filter }), { replace: true }),
    [place, navigate],
  );
  const openPanel = useCallback(
    (panel: LogPanel | undefined) => navigate(writeLogPlace({ ...place, panel })),
    [place, navigate],
  );
  const addressOf = useCallback(
    (ref: string) => writeLogPlace({ filter: place.filter, panel: { kind: "entry", ref } }),
    [place.filter],
  );
  const plainAddressOf = useCallback(
    (ref: string) => writeLogPlace({ filter: noFilter, panel: { kind: "entry", ref } }),
    [],
  );
  return { ...place, setFilter, openPanel, addressOf, plainAddressOf };
}
