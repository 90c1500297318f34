import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hostilePatterns } from "../markdown/hostile-patterns.ts";
import { payloadClasses } from "../markdown/payloads.ts";
import { findForbidden, type MarkdownProbe } from "./markdown-page/forbidden.ts";
import { type ServedMarkdown, serveMarkdownPage } from "./markdown-page.ts";

let served: ServedMarkdown;
let page: Page;
let foreign: string[] = [];
let dialogs = 0;

/** Every request that is not for the page's own origin is refused and written down. */
async function openPage(): Promise<Page> {
  const context = await served.browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const opened = await context.newPage();
  foreign = [];
  dialogs = 0;
  await context.route("**", (route) => {
    const url = route.request().url();
    if (url.startsWith(served.address) || url.startsWith("blob:")) return route.continue();
    foreign.push(url);
    return route.abort();
  });
  opened.on("dialog", (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  await opened.goto(served.address);
  await opened.evaluate(`window.findForbidden = ${findForbidden.toString()}`);
  return opened;
}

async function show(text: string, isStreaming = false): Promise<void> {
  await page.evaluate(
    ([shown, streams]) => (globalThis as unknown as MarkdownProbe).markdownPage.show("whole", shown, streams),
    [text, isStreaming] as const,
  );
}

beforeAll(async () => {
  served = await serveMarkdownPage();
});
afterAll(async () => {
  await served?.close();
});
beforeEach(async () => {
  await page?.context().close();
  page = await openPage();
});

describe("hostile text in the page", () => {
  it.each(payloadClasses.map(({ name, texts }) => [name, texts] as const))(
    "%s: no prefix of it runs, asks or adds anything",
    async (_name, texts) => {
      const found = await page.evaluate((payloads) => {
        const { markdownPage, findForbidden: find } = globalThis as unknown as MarkdownProbe;
        const problems: string[] = [];
        for (const text of payloads) {
          for (let end = 1; end <= text.length; end += 1) {
            markdownPage.show("streamed", text.slice(0, end), true);
            problems.push(...find(document).map((problem) => `${problem} after ${text.slice(0, end)}`));
          }
          markdownPage.show("streamed", text, false);
          markdownPage.show("whole", `before\n\n${text}\n\nafter`, false);
          problems.push(...find(document).map((problem) => `${problem} after ${text}`));
          markdownPage.clear();
        }
        return problems.slice(0, 10);
      }, texts);
      expect(found).toEqual([]);
      await page.mouse.move(300, 100);
      await page.waitForTimeout(200);
      expect(await page.evaluate("window.pwned")).toBeUndefined();
      expect(dialogs).toBe(0);
      expect(foreign).toEqual([]);
    },
    120_000,
  );

  it("draws formulas that ask for links, images or styles as text", async () => {
    const texts = payloadClasses.find(({ name }) => name === "formulas")?.texts ?? [];
    await show(["$x^2$", ...texts].join("\n\n"));
    await page.waitForSelector(".katex");
    await page.waitForTimeout(500);
    const found = await page.evaluate(() =>
      (globalThis as unknown as MarkdownProbe)
        .findForbidden(document)
        .concat(
          [...document.querySelectorAll(".katex a, .katex img, .katex [id], .katex [data-x]")].map(
            (element) => element.outerHTML,
          ),
        ),
    );
    expect(found).toEqual([]);
    expect(foreign).toEqual([]);
  });

  it.each([
    "table square",
    "paragraphs of one letter",
    "fences short",
    "emphasis nested",
    "quotes ever deeper",
    "formulas",
  ])("%s: 50 kB become a bounded number of elements and no depth that a browser could fall over", async (name) => {
    const text = hostilePatterns.find((pattern) => pattern.name === name)?.make(50_000) ?? "";
    await show(text);
    const measured = await page.evaluate(() => {
      let deepest = 0;
      for (const element of document.querySelectorAll("#whole *")) {
        let depth = 0;
        for (let at: Element | null = element; at !== null; at = at.parentElement) depth += 1;
        deepest = Math.max(deepest, depth);
      }
      return { elements: document.querySelectorAll("#whole *").length, deepest };
    });
    expect(measured.elements).toBeGreaterThan(0);
    expect(measured.elements).toBeLessThan(40_000);
    expect(measured.deepest).toBeLessThan(100);
  });
});

describe("a streamed text in the page", () => {
  it("ends as the same elements as the whole text", async () => {
    const texts = [...payloadClasses.flatMap((payload) => payload.texts), sample];
    const different = await page.evaluate((all) => {
      const { markdownPage } = globalThis as unknown as MarkdownProbe;
      // Formulas are drawn and code is coloured later, each in its own time.
      const markup = (id: string): string => {
        const copy = document.getElementById(id)?.cloneNode(true) as HTMLElement;
        for (const formula of copy.querySelectorAll(".md-formula")) formula.replaceChildren();
        return copy.innerHTML;
      };
      return all.filter((text) => {
        for (let end = 1; end < text.length; end += 3) markdownPage.show("streamed", text.slice(0, end), true);
        markdownPage.show("streamed", text, false);
        markdownPage.show("whole", text, false);
        const isSame = markup("streamed") === markup("whole");
        markdownPage.clear();
        return !isSame;
      });
    }, texts);
    expect(different).toEqual([]);
  }, 120_000);

  it("keeps the elements of finished blocks, and code that was read does not fold away", async () => {
    const code = `\`\`\`ts\n${"const a = 1;\n".repeat(60)}\`\`\`\n`;
    const kept = await page.evaluate((block) => {
      const { markdownPage } = globalThis as unknown as MarkdownProbe;
      const text = `first\n\n${block}\nmiddle\n\nlast words\n`;
      markdownPage.show("streamed", text.slice(0, 40), true);
      const first = document.querySelector("#streamed p");
      for (let end = 40; end < text.length; end += 10) markdownPage.show("streamed", text.slice(0, end), true);
      markdownPage.show("streamed", text, false);
      markdownPage.show("whole", text, false);
      return {
        isSame: first === document.querySelector("#streamed p"),
        streamed: document.querySelector("#streamed .md-code-fold")?.textContent,
        whole: document.querySelector("#whole .md-code-fold")?.textContent,
      };
    }, code);
    expect(kept).toEqual({ isSame: true, streamed: "Show less", whole: "Show all 60 lines" });
  });
});

describe("what a reader can do", () => {
  it("copies code as it was written, also when it is folded", async () => {
    const code = Array.from({ length: 120 }, (_, index) => `line ${index}\tend`).join("\n");
    await show(`\`\`\`text\n${code}\n\`\`\``);
    await page.getByRole("button", { name: "Copy code" }).click();
    await page.getByText("Copied").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(`${code}\n`);
    await page.getByRole("button", { name: "Show all 120 lines" }).click();
    expect(await page.locator("#whole pre").innerText()).toContain("line 119");
  });

  it("selects code over its pieces without extra lines", async () => {
    const code = Array.from({ length: 110 }, (_, index) => `line ${index}`).join("\n");
    await show(`\`\`\`text\n${code}\n\`\`\``);
    await page.getByRole("button", { name: "Show all 110 lines" }).click();
    const selected = await page.evaluate(() => {
      getSelection()?.selectAllChildren(document.querySelector("#whole pre code") as Element);
      return getSelection()?.toString();
    });
    expect(selected?.trimEnd()).toBe(code);
  });

  it("colours code in the background, and the text stays the same", async () => {
    const code = "export const answer = 42; // why\n";
    await show(`\`\`\`ts answer.ts\n${code}\`\`\``);
    await page.waitForSelector(".code-key");
    expect(await page.locator("#whole .code-number").allTextContents()).toEqual(["42"]);
    expect(await page.locator("#whole pre").textContent()).toBe(code);
  });

  it("downloads code under a harmless name", async () => {
    await show("```ts ../../.bashrc.ts\nconst a = 1;\n```");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: /^Download/ }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^[\w-]+\.ts$/);
  });

  it("loads an image after a click that names the host, and shows only what this origin serves", async () => {
    await show("![A cat](https://images.example/cat.png)\n\n![Trick](https://foreign.example/t.png)");
    expect(await page.locator("#whole img").count()).toBe(0);
    await page.getByRole("button", { name: "Load image from images.example" }).click();
    await page.locator("#whole img").waitFor();
    expect(await page.locator("#whole img").getAttribute("src")).toBe("/pixel.png");
    await page.getByRole("button", { name: "Load image from foreign.example" }).click();
    await page.getByText("could not be loaded").waitFor();
    expect(await page.locator("#whole img").count()).toBe(1);
    expect(foreign).toEqual([]);
  });

  it("copies a formula as TeX", async () => {
    await show("Mass is $E = mc^2$ here.");
    await page.waitForSelector(".katex");
    await page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector("#whole p") as Element));
    await page.keyboard.press("Control+C");
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe("Mass is $E = mc^2$ here.");
  });
});

const sample = `# Title

Some *text* with [a link][ref], \`code\`, $x^2$ and ~~old~~ words.  
A second line.

1. one
   - nested

     loose
2. two

> quote
> - list

| a | b |
|:--|--:|
| 1 | **x** |
| 2 | [y](https://e.example) |

\`\`\`ts file.ts
const a = 1;
\`\`\`

- [x] done
- [ ] open

$$
\\sum_i a_i
$$

---

![image](https://e.example/i.png)

[ref]: https://ref.example "Title"
`;
