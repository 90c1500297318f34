import { type ReactElement, Suspense } from "react";
import { lazyPart } from "./lazy-part.tsx";

const loadMarkdown = () => import("./markdown/markdown.tsx").then((module) => module.Markdown);
const Markdown = lazyPart(loadMarkdown, PlainText);

/** Called right after the first painting, so that the first answer finds the renderer there. */
export function preloadMarkdown(): void {
  // What is drawn asks again.
  loadMarkdown().catch(() => undefined);
}

function PlainText({ text }: { readonly text: string }): ReactElement {
  return <div className="plain-text">{text}</div>;
}

/** Markdown; until its renderer is here, or when it cannot be fetched, the same text as it stands. */
export function MarkdownText(props: {
  readonly text: string;
  readonly streaming?: boolean;
  readonly variant?: "answer" | "question";
}): ReactElement {
  const { text, streaming = false, variant = "answer" } = props;
  return (
    <Suspense fallback={<PlainText text={text} />}>
      <Markdown text={text} streaming={streaming} variant={variant} />
    </Suspense>
  );
}
