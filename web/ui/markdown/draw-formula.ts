import katex from "katex";
import "katex/dist/katex.min.css";

const maxBraceDepth = 40;
const maxNestedCommands = 100;

/**
 * Builds a formula inside `element`, whose content it replaces. KaTeX makes nodes one by one and sets their styles as
 * properties; it is given no right to make links, images or attributes of the text's choosing. Returns whether the TeX
 * could be drawn.
 */
export function drawFormula(
  element: HTMLElement,
  tex: string,
  { isDisplay }: { readonly isDisplay: boolean },
): boolean {
  if (isTooDeep(tex)) return false;
  try {
    katex.render(tex, element, {
      displayMode: isDisplay,
      throwOnError: true,
      strict: "ignore",
      trust: false,
      maxExpand: 200,
      maxSize: 20,
    });
    return true;
  } catch {
    // Whatever went wrong, the reader keeps the TeX itself.
    element.replaceChildren();
    return false;
  }
}

/** Nesting becomes depth of the page, which browsers lay out by recursion. */
function isTooDeep(tex: string): boolean {
  let depth = 0;
  for (const character of tex) {
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    if (depth > maxBraceDepth) return true;
  }
  return (tex.match(/\\(?:left|begin|sqrt|frac|over|[hv]phantom|[a-z]+line)\b/g)?.length ?? 0) > maxNestedCommands;
}
