/** Text made to cost a Markdown reader more than it is worth. Each pattern gives about `length` characters. */
export interface HostilePattern {
  readonly name: string;
  readonly make: (length: number) => string;
}

function repeated(unit: string, end = ""): HostilePattern["make"] {
  return (length) => unit.repeat(Math.ceil(length / unit.length)) + end;
}

function halves(opening: string, closing: string): HostilePattern["make"] {
  return (length) => {
    const count = Math.ceil(length / (opening.length + closing.length));
    return opening.repeat(count) + closing.repeat(count);
  };
}

/** Lines each a little deeper than the one before, about `length` characters in all. */
function deepening(mark: string, text = "a"): HostilePattern["make"] {
  return (length) => {
    const lines: string[] = [];
    for (let depth = 0, size = 0; size < length; depth += 1) {
      const line = mark.repeat(depth) + text;
      lines.push(line);
      size += line.length + 1;
    }
    return lines.join("\n");
  };
}

function squareTable(length: number): string {
  const side = Math.ceil(Math.sqrt(length / 4));
  const row = "|a ".repeat(side);
  return `${row}|\n${"|--".repeat(side)}|\n${`${row}|\n`.repeat(side)}`;
}

function pattern(name: string, make: HostilePattern["make"]): HostilePattern {
  return { name, make };
}

export const hostilePatterns: readonly HostilePattern[] = [
  pattern("quotes on one line", repeated(">", "a")),
  pattern("quotes with spaces", repeated("> ", "a")),
  pattern("quotes ever deeper", deepening("> ")),
  pattern("quotes ever deeper, lazy lines", deepening(">", "a\nb")),
  pattern("bullets on one line", repeated("- ", "a")),
  pattern("bullets of three kinds", repeated("- * + ", "a")),
  pattern("bullets ever deeper", deepening("  ", "- a")),
  pattern("bullets ever deeper with code", deepening("  ", "- a\n\n      code")),
  pattern("numbers on one line", repeated("1. ", "a")),
  pattern("list of empty items", repeated("-\n")),
  pattern("list items with blank lines", repeated("- a\n\n\n")),
  pattern("list in quote in list", repeated("- > ", "a")),
  pattern("many short lists", repeated("- a\n\n1. b\n\n")),
  pattern("task boxes", repeated("- [ ] a\n")),
  pattern("emphasis opening stars", repeated("*a ")),
  pattern("emphasis opening double stars", repeated("**a ")),
  pattern("emphasis mixed", repeated("*a **a ")),
  pattern("emphasis nested", halves("*a ", " a*")),
  pattern("emphasis nested double", halves("**a ", " a**")),
  pattern("emphasis underscores", repeated("_a __a ")),
  pattern("emphasis unmatched closing", repeated("a* ")),
  pattern("emphasis multiple of three", repeated("a***b_c*** ")),
  pattern("stars only", repeated("*")),
  pattern("stars and underscores", repeated("*_")),
  pattern("underscores in words", repeated("a_b_")),
  pattern("tildes", repeated("~~a ")),
  pattern("tildes only", repeated("~~~~~a~")),
  pattern("opening brackets", repeated("[")),
  pattern("bracket pairs nested", halves("[", "]")),
  pattern("bracket pairs open", repeated("[a](")),
  pattern("links with brackets", repeated("[a](<b")),
  pattern("nested links", halves("[a", "](b)")),
  pattern("images nested", halves("![a", "](b)")),
  pattern("images open", repeated("![")),
  pattern("images and links", repeated("![[]()")),
  pattern("references unknown", repeated("[a][b]")),
  pattern("references short", repeated("[a] ")),
  pattern("definitions", (length) => Array.from({ length: length / 12 }, (_, index) => `[${index}]: /u`).join("\n")),
  pattern("one definition used often", (length) => `[a]: /${"u".repeat(1_000)}\n\n${"[a] ".repeat(length / 4)}`),
  pattern("definition with open title", repeated("[a]: /u 'b\n")),
  pattern("definition labels open", repeated("[a\n")),
  pattern("parentheses in address", (length) => `[a](${"(".repeat(length)}`),
  pattern("backticks of growing length", (length) => {
    const runs = Array.from({ length: Math.ceil(Math.sqrt(length * 2)) }, (_, index) => "`".repeat(index + 1));
    return runs.join("a");
  }),
  pattern("backticks single", repeated("`a ")),
  pattern("backticks only", repeated("`")),
  pattern("fences opened again and again", repeated("```a`\n")),
  pattern("fences short", repeated("```\na\n```\n")),
  pattern("one long code line", (length) => `\`\`\`ts\n${"x".repeat(length)}\n\`\`\``),
  pattern("table square", squareTable),
  pattern("table wide", (length) => `${"|a".repeat(length / 5)}|\n${"|-".repeat(length / 5)}|\n`),
  pattern("table long", (length) => `|a|b|\n|-|-|\n${"|1|2|\n".repeat(length / 6)}`),
  pattern(
    "table with missing cells",
    (length) => `${"|a".repeat(500)}|\n${"|-".repeat(500)}|\n${"|b\n".repeat(length / 3)}`,
  ),
  pattern("table heads without rows", repeated("a|b\n-|-\n")),
  pattern("pipes only", repeated("|")),
  pattern("delimiter rows only", repeated("|-|-|\n")),
  pattern("headings", repeated("# a\n")),
  pattern("underlines", repeated("a\n=\n")),
  pattern("lines that may be headings", repeated("a\n=a\n")),
  pattern("rules", repeated("***\n")),
  pattern("HTML opening tags", repeated("<a ")),
  pattern("HTML comments open", repeated("<!--")),
  pattern("HTML processing open", repeated("<?")),
  pattern("HTML declarations open", repeated("<!A ")),
  pattern("HTML CDATA open", repeated("<![CDATA[")),
  pattern("HTML attributes", (length) => `<a ${'b="c" '.repeat(length / 6)}`),
  pattern("autolinks open", repeated("<https://a")),
  pattern("bare addresses", repeated("https://a.example/b ")),
  pattern("one bare address", (length) => `https://a.example/${"(".repeat(length)}`),
  pattern("bare address with parts", (length) => `https://${"a.".repeat(length / 2)}`),
  pattern("mail addresses", repeated("mailto:a@b.example ")),
  pattern("colons and slashes", repeated("http:")),
  pattern("at signs", repeated("a@")),
  pattern("entities", repeated("&amp;")),
  pattern("entities open", repeated("&#x")),
  pattern("backslashes", repeated("\\")),
  pattern("escaped signs", repeated("\\*")),
  pattern("dollars", repeated("$")),
  pattern("dollars in words", repeated("$a ")),
  pattern("formulas", repeated("$a$ ")),
  pattern("formulas open", repeated("\\(a ")),
  pattern("display formulas open", repeated("$$\na\n\n")),
  pattern("display formulas short", repeated("$$a$$\n\n")),
  pattern("blank lines", repeated("\n")),
  pattern("spaces", repeated(" ", "a")),
  pattern("tabs", repeated("\t", "a")),
  pattern("lines of spaces", repeated("    \n", "a")),
  pattern("paragraphs of one letter", repeated("a\n\n")),
  pattern("lines of one letter", repeated("a\n")),
  pattern("hard breaks", repeated("a  \n")),
  pattern("one long word", repeated("a")),
  pattern("one long line", repeated("word ")),
  pattern("carriage returns", repeated("a\r")),
  pattern("zero bytes", repeated("\0")),
  pattern("zero-width characters", repeated("a\u200b")),
  pattern("direction marks", repeated("a\u200e")),
  pattern("tag characters", repeated("\u{E0061}")),
  pattern("joiners", repeated("\u{1F468}\u200d")),
  pattern("lone surrogates", repeated("\ud800a")),
  pattern("combining marks", repeated("\u0301")),
  pattern("emoji", repeated("\u{1F600}")),
];
