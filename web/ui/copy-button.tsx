import { type ReactElement, type ReactNode, useEffect, useState } from "react";
import { Icon } from "./icons.tsx";

const shownMs = 1500;

/** Copies and says so in its own place. `text` is asked for at the click. */
export function CopyButton(props: {
  readonly label: string;
  readonly text: () => string;
  readonly className?: string;
  readonly children?: ReactNode;
}): ReactElement {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const label = isCopied ? "Copied" : props.label;
  return (
    <button
      type="button"
      className={props.className ?? "icon-button"}
      aria-label={label}
      title={label}
      onClick={() => {
        void navigator.clipboard.writeText(props.text()).then(() => setCopied(true));
      }}
    >
      {props.children}
      <Icon name={isCopied ? "check" : "copy"} />
    </button>
  );
}
