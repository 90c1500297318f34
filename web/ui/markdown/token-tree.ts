import type { Token } from "markdown-it";
import { createElement, Fragment, type ReactElement, type ReactNode } from "react";
import { blockDirection } from "./block-direction.ts";
import { CodeBlock } from "./code-block.tsx";
import { chunksOf } from "./code-chunks.ts";
import { Formula } from "./formula.tsx";
import { MarkdownImage } from "./markdown-image.tsx";
import { MarkdownLink } from "./markdown-link.tsx";
import { type ColumnAlignment, columnAlignments } from "./table-columns.ts";
import { visibleText } from "./visible-text.tsx";

/** Elements nested deeper than this are left out; their text is kept. */
const maxDepth = 60;

/** Headings of an answer stand below the page's own two levels. */
const headingTags: ReadonlyMap<string, string> = new Map(
  Object.entries({ h1: "h3", h2: "h4", h3: "h5", h4: "h6", h5: "h6", h6: "h6" }),
);
const inlineTags: ReadonlyMap<string, string> = new Map(
  Object.entries({ em_open: "em", strong_open: "strong", s_open: "del" }),
);

type Close = (children: readonly ReactNode[]) => ReactNode;

interface Frame {
  readonly close: Close;
  readonly children: ReactNode[];
}

/** Builds the elements of one block from its tokens with its own stack, so that depth costs no recursion. */
export class TokenTree {
  readonly #tokens: readonly Token[];
  readonly #frames: Frame[] = [{ close: () => null, children: [] }];
  #left = 0;
  #columns: readonly ColumnAlignment[] = [];
  #column = 0;
  #linkDepth = 0;
  #linkedImages: ReactNode[] = [];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** The block's one element, with the given key. */
  render(key: number): ReactElement {
    const direction = blockDirection(textOf(this.#tokens));
    for (const [index, token] of this.#tokens.entries()) this.#block(token, index, direction);
    return createElement(Fragment, { key }, ...(this.#frames[0]?.children ?? []));
  }

  #block(token: Token, index: number, direction: "ltr" | "rtl" | undefined): void {
    if (token.hidden || token.type === "reference_definition") return;
    if (token.type === "inline") return this.#inline(token.children ?? []);
    if (token.nesting === -1) return this.#close();
    const dir = token.level === 0 ? direction : undefined;
    if (token.nesting === 1) return this.#open(this.#blockClose(token, index, dir));
    this.#add(leaf(token, dir));
  }

  #blockClose(token: Token, index: number, dir: "ltr" | "rtl" | undefined): Close {
    switch (token.type) {
      case "heading_open":
        return element(headingTags.get(token.tag) ?? "h6", { className: `md-${token.tag}`, dir });
      case "ordered_list_open":
        return element("ol", { dir, start: token.attrGet("start") ?? undefined });
      case "bullet_list_open":
        return element("ul", { dir });
      case "list_item_open":
        return this.#listItem(index);
      case "blockquote_open":
        return element("blockquote", { dir });
      case "table_open":
        this.#columns = columnAlignments(this.#tokens, index);
        return tableElement(dir);
      case "tr_open":
        this.#column = 0;
        return element("tr", {});
      case "th_open":
      case "td_open":
        return this.#cell(token.tag);
      case "thead_open":
      case "tbody_open":
        return element(token.tag, {});
      default:
        return element("p", { dir });
    }
  }

  #cell(tag: string): Close {
    const alignment = this.#columns[this.#column];
    this.#column += 1;
    const isNumber = alignment === "number" && tag === "td";
    return element(tag, {
      className: alignment === undefined ? undefined : `md-${alignment}`,
      dir: isNumber ? "ltr" : undefined,
      scope: tag === "th" ? "col" : undefined,
    });
  }

  /** GFM's task list item: its check box is shown, never to be clicked. */
  #listItem(index: number): Close {
    const text = this.#tokens[index + 2]?.children?.[0];
    const isFirst = this.#tokens[index + 1]?.type === "paragraph_open" && text?.type === "text";
    const mark = isFirst ? /^\[([ xX])\](?=\s)/.exec(text.content)?.[1] : undefined;
    if (mark === undefined) return element("li", {});
    const isDone = mark !== " ";
    this.#left = 3;
    const box = createElement("input", {
      type: "checkbox",
      checked: isDone,
      disabled: true,
      readOnly: true,
      "aria-label": isDone ? "Done" : "Not done",
    });
    return (children) => createElement("li", { className: "md-task" }, box, ...children);
  }

  #inline(children: readonly Token[]): void {
    for (const [index, token] of children.entries()) {
      if (token.nesting === 1) this.#openInline(token, children, index);
      else if (token.nesting === -1) this.#closeInline(token);
      else this.#inlineLeaf(token);
    }
  }

  #openInline(token: Token, siblings: readonly Token[], index: number): void {
    const tag = inlineTags.get(token.type);
    if (token.type !== "link_open") return this.#open(element(tag ?? "span", {}));
    this.#linkDepth += 1;
    const address = String(token.attrGet("href") ?? "");
    const end = siblings.findIndex((sibling, at) => at > index && sibling.type === "link_close");
    const text = plainText(siblings.slice(index + 1, end));
    this.#open((children) => createElement(MarkdownLink, { address, text }, ...children));
  }

  /** A control cannot stand inside a link: images of a link follow it. */
  #closeInline(token: Token): void {
    this.#close();
    if (token.type !== "link_close") return;
    this.#linkDepth -= 1;
    for (const image of this.#linkedImages.splice(0)) this.#add(image);
  }

  #inlineLeaf(token: Token): void {
    switch (token.type) {
      case "softbreak":
        return this.#add("\n");
      case "hardbreak":
        return this.#add(createElement("br"));
      case "code_inline":
        return this.#add(createElement("code", { dir: "ltr" }, visibleText(token.content)));
      case "math_inline":
        return this.#add(createElement(Formula, formulaProps(token)));
      case "image":
        return this.#image(token);
      default:
        this.#add(visibleText(token.content.slice(this.#left)));
        this.#left = 0;
    }
  }

  #image(token: Token): void {
    const alternative = plainText(token.children ?? []);
    const image = createElement(MarkdownImage, { address: String(token.attrGet("src") ?? ""), alternative });
    if (this.#linkDepth === 0) return this.#add(image);
    this.#add(visibleText(alternative === "" ? "image" : alternative));
    this.#linkedImages.push(image);
  }

  #open(close: Close): void {
    const parent = this.#frames.at(-1);
    const isTooDeep = this.#frames.length > maxDepth && parent !== undefined;
    this.#frames.push(isTooDeep ? { close: () => null, children: parent.children } : { close, children: [] });
  }

  #close(): void {
    const frame = this.#frames.pop();
    if (frame !== undefined) this.#add(frame.close(frame.children));
  }

  #add(node: ReactNode): void {
    if (node !== null && node !== "") this.#frames.at(-1)?.children.push(node);
  }
}

function element(tag: string, props: Record<string, unknown>): Close {
  return (children) => createElement(tag, props, ...children);
}

function tableElement(dir: "ltr" | "rtl" | undefined): Close {
  const frame = { className: "md-table", role: "group", "aria-label": "Table", tabIndex: 0, dir };
  return (children) => createElement("div", frame, createElement("table", null, ...children));
}

function leaf(token: Token, dir: "ltr" | "rtl" | undefined): ReactNode {
  if (token.type === "hr") return createElement("hr");
  if (token.type === "fence" || token.type === "code_block") {
    return createElement(CodeBlock, { info: token.info, chunks: chunksOf(token.content), isOpen: false });
  }
  if (token.type === "math_block" && token.markup !== "") return createElement(Formula, formulaProps(token));
  return createElement("p", { className: "md-source", dir }, visibleText(token.info || token.content));
}

function formulaProps(token: Token) {
  const isDisplay = token.markup === "$$" || token.markup === "\\[";
  return { tex: token.content, source: token.info, isDisplay };
}

function textOf(tokens: readonly Token[]): string {
  let text = "";
  for (const token of tokens) {
    if (token.type === "inline") text += `${plainText(token.children ?? [])} `;
    if (text.length > 4_000) break;
  }
  return text;
}

function plainText(tokens: readonly Token[]): string {
  const shown = tokens.filter(({ type }) => type === "text" || type === "image");
  return shown.map(({ content }) => content).join("");
}
