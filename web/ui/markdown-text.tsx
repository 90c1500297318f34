import { lazy, type ReactElement, Suspense } from "react";

const loadMarkdown = () => import("./markdown/markdown.tsx").then((module) => ({ default: module.Markdown }));
const Markdown = lazy(loadMarkdown);

/** Called right after the first painting, so that the first answer finds the renderer there. */
export function preloadMarkdown(): void {
  void loadMarkdown();
}

/** Markdown; until its renderer is here, the same text as it stands. */
export function MarkdownText(props: {
  readonly text: string;
  readonly streaming?: boolean;
  readonly variant?: "answer" | "question";
}): ReactElement {
  const { text, streaming = false, variant = "answer" } = props;
  return (
    <Suspense fallback={<div className="plain-text">{text}</div>}>
      <Markdown text={text} streaming={streaming} variant={variant} />
    </Suspense>
  );
}
