import { describe, expect, it } from "vitest";
import { renderMarkdown } from "./render-markdown.ts";

/** The markup without the class names and the outer element. */
function inner(text: string): string {
  return renderMarkdown(text)
    .replace(/^<div[^>]*>/, "")
    .replace(/<\/div>$/, "");
}

describe("Markdown", () => {
  it("puts headings of a text below those of the page", () => {
    expect(inner("# One\n\n## Two\n\n###### Six")).toBe(
      '<h3 class="md-h1" dir="ltr">One</h3><h4 class="md-h2" dir="ltr">Two</h4><h6 class="md-h6" dir="ltr">Six</h6>',
    );
  });

  it("sets emphasis, strikethrough, code and hard breaks", () => {
    expect(inner("*a* **b** ~~c~~ `d`  \ne")).toBe(
      '<p dir="ltr"><em>a</em> <strong>b</strong> <del>c</del> <code dir="ltr">d</code><br/>e</p>',
    );
  });

  it("sets lists tight and loose, nested, with their start", () => {
    expect(inner("3. a\n   - b\n4. c")).toBe('<ol dir="ltr" start="3"><li>a<ul><li>b</li></ul></li><li>c</li></ol>');
    expect(inner("- a\n\n- b")).toBe('<ul dir="ltr"><li><p>a</p></li><li><p>b</p></li></ul>');
  });

  it("sets task lists with check boxes that cannot be clicked", () => {
    const markup = inner("- [x] done\n- [ ] open\n- [y] other");
    expect(markup).toContain(
      '<li class="md-task"><input type="checkbox" disabled="" readOnly="" aria-label="Done" checked=""/> done</li>',
    );
    expect(markup).toContain('aria-label="Not done"/> open</li>');
    expect(markup).toContain("<li>[y] other</li>");
  });

  it("shows raw HTML as the text it is", () => {
    expect(inner("<b>a</b> <script>b</script>\n\n<div>\nc\n</div>")).toBe(
      '<p dir="ltr">&lt;b&gt;a&lt;/b&gt; &lt;script&gt;b&lt;/script&gt;</p><p dir="ltr">&lt;div&gt;\nc\n&lt;/div&gt;</p>',
    );
  });

  it("links http, https and mailto, found or written, and nothing else", () => {
    expect(inner("https://a.example/b?c")).toContain('<a href="https://a.example/b?c" title="https://a.example/b?c"');
    expect(inner("[m](mailto:a@b.example)")).toContain('<a href="mailto:a@b.example"');
    expect(inner("[f](ftp://a.example) ftp://a.example www.a.example a@b.example")).not.toContain("<a ");
    expect(inner("[x](javascript:alert(1))")).toBe('<p dir="ltr">[x](javascript:alert(1))</p>');
    expect(inner("[file](src/main.ts)")).toBe('<p dir="ltr"><span title="src/main.ts">file</span></p>');
    expect(inner("[home](/chats/1)")).toContain(
      '<a href="/chats/1" title="/chats/1" data-address="/chats/1" target="_blank" rel="noopener noreferrer">',
    );
  });

  it("shows the host behind a link whose text or letters mislead", () => {
    expect(inner("[https://bank.example](https://evil.example/x)")).toContain(
      '<span class="md-host" dir="ltr">evil.example</span>',
    );
    expect(inner("[apple](https://\u0430pple.com)")).toContain(">xn--pple-43d.com</span>");
    expect(inner("[a](https://bank.example@evil.example)")).toContain(">evil.example</span>");
    expect(inner("[bank.example](https://bank.example/x)")).not.toContain("md-host");
  });

  it("offers an image and never makes one", () => {
    const markup = inner("[![alt](https://images.example/i.png)](https://a.example)");
    expect(markup).not.toContain("<img");
    expect(markup).toContain(">alt</a>");
    expect(markup).toContain("Images cannot be loaded here:");
    expect(markup).toContain(">images.example</a>");
    expect(inner("![a](data:image/png;base64,iVBORw0KGgo=)")).toContain("Show image (PNG, 1 kB)");
    expect(inner("![a](data:image/svg+xml;base64,PHN2Zz4=)")).not.toContain("<button");
  });

  it("aligns columns as asked, and numbers by their last digit", () => {
    const markup = inner("| n | m | t | c |\n|---|---|---|:-:|\n| 1,000 | 3 % | a | 1 |\n| -2 | – | 4 | 2 |");
    expect(markup).toContain('<th class="md-number" scope="col">n</th>');
    expect(markup).toContain(
      '<td class="md-number" dir="ltr">1,000</td><td class="md-number" dir="ltr">3 %</td><td>a</td>',
    );
    expect(markup).toContain('<td class="md-center">1</td>');
  });

  it("reads formulas and leaves prices alone", () => {
    expect(inner("$x+1$ and \\(y\\)").match(/md-formula"/g)?.length).toBe(2);
    expect(inner("$$\na\n$$\n\n\\[\nb\n\\]\n\ntext $$c$$").match(/md-formula-display/g)?.length).toBe(3);
    for (const text of [
      "$5 and $10",
      "from $5-$10",
      "US$5 or A$6",
      "$HOME:$PATH",
      "a $ b $ c",
      "`$x$`",
      "costs 5$ or 6$",
    ]) {
      expect(inner(text)).not.toContain("md-formula");
    }
    expect(inner("$$\nnot closed\n\nnext")).toBe('<p class="md-source">$$\nnot closed</p><p dir="ltr">next</p>');
  });

  it("gives each block the direction of most of its letters", () => {
    expect(inner("SQLite أم ملفات للفهرس؟\n\nplain\n\n- واحد\n\n12 + 3")).toBe(
      '<p dir="rtl">SQLite أم ملفات للفهرس؟</p><p dir="ltr">plain</p><ul dir="rtl"><li>واحد</li></ul><p>12 + 3</p>',
    );
  });

  it("shows characters that hide or reorder text", () => {
    expect(inner("a\u202eb `c\u200b`")).toContain(
      '<span class="md-mark" title="right-to-left override (U+202E)" dir="ltr">U+202E</span>b',
    );
    expect(inner("\u{E0068}\u{E0069}")).toContain("hidden: hi");
  });

  it("labels code with language and file, and counts the lines it folds", () => {
    const markup = inner(`\`\`\`py main.py\n${"a = 1\n".repeat(41)}\`\`\``);
    expect(markup).toContain('<span class="md-code-language">Python</span><span class="md-code-file">main.py</span>');
    expect(markup).toContain("Show all 41 lines");
    expect(inner("```\na\n```")).not.toContain("Show all");
  });

  it("keeps a question's line ends and marks a stream", () => {
    expect(inner("a\nb")).toBe('<p dir="ltr">a\nb</p>');
    expect(renderMarkdown("a", true)).toContain('data-streaming="true"');
  });
});
