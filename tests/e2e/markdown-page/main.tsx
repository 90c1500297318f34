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
import type { MarkdownPage } from "./forbidden.ts";

const loadImage: LoadImage = async (url) => (url.includes("foreign") ? url : "/pixel.png");

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
  async timeWhole(text) {
    const start = performance.now();
    page.show("whole", text, false);
    layOut();
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const taken = performance.now() - start;
    page.clear();
    return taken;
  },
  async timeStream(text, pieceLength) {
    const times: number[] = [];
    for (let end = pieceLength; end < text.length + pieceLength; end += pieceLength) {
      const start = performance.now();
      page.show("streamed", text.slice(0, end), true);
      layOut();
      times.push(performance.now() - start);
      if (times.length % 50 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
    page.clear();
    return times;
  },
};

function layOut(): void {
  document.body.getBoundingClientRect();
}

Object.assign(globalThis, { markdownPage: page });
