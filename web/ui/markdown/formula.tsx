import { type ReactElement, useLayoutEffect, useRef, useState } from "react";
import { createFormulaQueue } from "./formula-queue.ts";
import { visibleText } from "./visible-text.tsx";

interface FormulaProps {
  readonly tex: string;
  /** The formula with its marks as it was written: shown until it is drawn, and when it cannot be. */
  readonly source: string;
  readonly isDisplay: boolean;
}

const queue = createFormulaQueue(async () => (await import("./draw-formula.ts")).drawFormula);

/** A formula. The inner element belongs to KaTeX, which builds nodes in it; React never gives it children. */
export function Formula({ tex, source, isDisplay }: FormulaProps): ReactElement {
  const place = useRef<HTMLSpanElement>(null);
  const [drawnTex, setDrawnTex] = useState<string>();
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    const ending = new AbortController();
    const onDone = (isDrawn: boolean): void => setDrawnTex(isDrawn ? tex : undefined);
    queue.draw({ element, tex, isDisplay, signal: ending.signal, onDone });
    return () => ending.abort();
  }, [tex, isDisplay]);
  const isDrawn = drawnTex === tex;
  return (
    <span className={isDisplay ? "md-formula md-formula-display" : "md-formula"} data-tex={source}>
      <span ref={place} dir="ltr" hidden={!isDrawn} />
      {!isDrawn && (
        <code className="md-tex" dir="ltr">
          {visibleText(source)}
        </code>
      )}
    </span>
  );
}
