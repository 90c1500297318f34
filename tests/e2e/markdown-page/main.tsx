/// <reference types="vite/client" />
import { createElement } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { ImageLoader, type LoadImage } from "../../../web/ui/markdown/image-loader.ts";
import { Markdown } from "../../../web/ui/markdown/markdown.tsx";
import "../../../web/ui/fonts.css";
import "../../../web/ui/theme.css";
import "../../../web/ui/base.css";
import "./page.css";

/** What the test drives from outside: one place that streams, one that gets a text whole. */
export interface MarkdownPage {
  show(place: "streamed" | "whole", text: string, isStreaming: boolean, variant?: "answer" | "question"): void;
  clear(): void;
  asked: string[];
}

const asked: string[] = [];
const loadImage: LoadImage = async (url) => {
  asked.push(url);
  return url.includes("foreign") ? url : "/pixel.png";
};

const roots = new Map(["streamed", "whole"].map((id) => [id, mount(id)]));
let generation = 0;

function mount(id: string) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`no element ${id}`);
  return createRoot(element);
}

const page: MarkdownPage = {
  show(place, text, isStreaming, variant = "answer") {
    const shown = createElement(Markdown, { key: generation, text, streaming: isStreaming, variant });
    flushSync(() => roots.get(place)?.render(createElement(ImageLoader, { value: loadImage }, shown)));
  },
  clear() {
    generation += 1;
    for (const root of roots.values()) flushSync(() => root.render(null));
  },
  asked,
};

Object.assign(globalThis, { markdownPage: page });
