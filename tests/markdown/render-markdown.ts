import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { Markdown } from "../../web/ui/markdown/markdown.tsx";

/** What the component shows for a whole text, as markup to look at; only tests and the bench make markup of it. */
export function renderMarkdown(text: string, isStreaming = false): string {
  return renderToStaticMarkup(createElement(Markdown, { text, streaming: isStreaming }));
}
