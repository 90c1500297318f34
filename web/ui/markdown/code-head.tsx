import { type ReactElement, type ReactNode, useEffect, useState } from "react";
import type { CodeLabel } from "./code-language.ts";
import { visibleText } from "./visible-text.tsx";

interface CodeHeadProps {
  readonly label: CodeLabel;
  readonly chunks: readonly string[];
  readonly isWrapped: boolean;
  readonly onWrap: () => void;
}

type CopyState = "ready" | "copied" | "failed";
const copyWords: Readonly<Record<CopyState, string>> = { ready: "", copied: "Copied", failed: "Not copied" };
const copiedMilliseconds = 1_500;

/** The line above the code: what it is, and what can be done with it. */
export function CodeHead({ label, chunks, isWrapped, onWrap }: CodeHeadProps): ReactElement {
  const [copyState, setCopyState] = useState<CopyState>("ready");
  useEffect(() => {
    if (copyState === "ready") return;
    const timer = setTimeout(() => setCopyState("ready"), copiedMilliseconds);
    return () => clearTimeout(timer);
  }, [copyState]);
  const copy = (): void => {
    copyText(chunks.join("")).then(
      () => setCopyState("copied"),
      () => setCopyState("failed"),
    );
  };
  return (
    <div className="md-code-head">
      <span className="md-code-language">{visibleText(label.name)}</span>
      {label.fileName !== undefined && <span className="md-code-file">{visibleText(label.fileName)}</span>}
      <span className="md-code-acts">
        <HeadButton name="Wrap lines" isPressed={isWrapped} onClick={onWrap}>
          <path d="M2.5 3.5h11M2.5 8h9a2.25 2.25 0 0 1 0 4.5H8M10 10.5l-2 2 2 2M2.5 12.5h2.5" />
        </HeadButton>
        <HeadButton name={`Download ${label.downloadName}`} onClick={() => download(chunks, label.downloadName)}>
          <path d="M8 2.5v7.5M4.75 7L8 10.25 11.25 7M2.75 13.25h10.5" />
        </HeadButton>
        <span className="md-code-copied" role="status">
          {copyWords[copyState]}
        </span>
        <HeadButton name="Copy code" onClick={copy}>
          <path d="M5.75 5.75h7.5v7.5h-7.5zM10.25 5.5V2.75h-7.5v7.5H5.5" />
        </HeadButton>
      </span>
    </div>
  );
}

interface HeadButtonProps {
  readonly name: string;
  readonly onClick: () => void;
  readonly isPressed?: boolean;
  readonly children: ReactNode;
}

function HeadButton({ name, onClick, isPressed, children }: HeadButtonProps): ReactElement {
  return (
    <button
      type="button"
      className="md-code-act"
      aria-label={name}
      title={name}
      aria-pressed={isPressed}
      onClick={onClick}
    >
      <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
        {children}
      </svg>
    </button>
  );
}

async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}

function download(chunks: readonly string[], name: string): void {
  const address = URL.createObjectURL(new Blob([...chunks], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
