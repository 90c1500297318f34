import type { ClipboardEvent } from "react";

const blocks = "p,li,h3,h4,h5,h6,tr,pre,blockquote,.md-formula-display";

/** Gives a selection that holds formulas to the clipboard with the formulas as TeX; any other is left to the browser. */
export function copyWithTex(event: ClipboardEvent): void {
  const selection = getSelection();
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const within = elementOf(range.commonAncestorContainer)?.closest<HTMLElement>(".md-formula");
  const text = within?.dataset["tex"] ?? textWithTex(range.cloneContents());
  if (text === undefined) return;
  event.clipboardData.setData("text/plain", text);
  event.preventDefault();
}

function textWithTex(fragment: DocumentFragment): string | undefined {
  const formulas = fragment.querySelectorAll<HTMLElement>(".md-formula");
  if (formulas.length === 0) return undefined;
  for (const formula of formulas) formula.replaceChildren(formula.dataset["tex"] ?? "");
  for (const cell of fragment.querySelectorAll("td + td, th + th")) cell.prepend("\t");
  for (const block of fragment.querySelectorAll(blocks)) block.append("\n");
  return fragment.textContent?.trim();
}

function elementOf(node: Node): Element | null {
  return node instanceof Element ? node : node.parentElement;
}
