import type { ReactElement } from "react";
import { visibleText } from "./visible-text.tsx";

interface FormulaProps {
  readonly tex: string;
  /** The formula with its marks as it was written: shown until it is drawn, and when it cannot be. */
  readonly source: string;
  readonly isDisplay: boolean;
  readonly isBlock?: boolean;
}

export function Formula({ source }: FormulaProps): ReactElement {
  return (
    <code className="md-tex" dir="ltr">
      {visibleText(source)}
    </code>
  );
}
