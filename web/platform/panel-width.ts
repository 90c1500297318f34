import { useState } from "react";
import { readStored, writeStored } from "./stored.ts";

const key = "folio.panel";

/** The width of the side panel in px, as it was left. */
export function usePanelWidth(first = 480): readonly [number, (width: number) => void] {
  const [width, setWidth] = useState(() => Number(readStored(key)) || first);
  return [
    width,
    (wanted) => {
      setWidth(wanted);
      writeStored(key, String(wanted));
    },
  ];
}
