/** A title of at most 60 characters from the first message: its first line that says something, without Markdown's marks. */
export function conversationTitle(text: string): string {
  const line = text
    .slice(0, 2000)
    .split("\n")
    .map(plainLine)
    .find((candidate) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(candidate));
  if (line === undefined) return "Untitled";
  const characters = [...line];
  if (characters.length <= 60) return line;
  const cut = characters.slice(0, 59).join("");
  const space = cut.lastIndexOf(" ");
  return `${(space > 30 ? cut.slice(0, space) : cut).replace(/[\s.,;:–-]+$/u, "")}…`;
}

/** A line without Markdown's marks, control characters and needless blanks. */
export function plainLine(line: string): string {
  return line
    .replace(/^\s*(#{1,6}\s+|>\s*|[-*+]\s+|\d+[.)]\s+|`{3,}\w*|~{3,}\w*)/, "")
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, " ")
    .replace(/[`*_]{1,3}(\S.*?\S|\S)[`*_]{1,3}/gu, "$1")
    .replace(/\s+/gu, " ")
    .trim();
}

/** `conversations/2026/2026-11-22-fix-the-parser-7k2m9q.chat.md`; the date is the workspace's local day. */
export function conversationPath(title: string, id: string, now: Date): string {
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((number) => String(number).padStart(2, "0"));
  const slug = title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .normalize("NFC");
  const short = [...slug]
    .slice(0, 40)
    .join("")
    .replace(/^-+|-+$/g, "");
  const name = [day.join("-"), short, id.slice(0, 6)].filter((piece) => piece !== "").join("-");
  return `conversations/${day[0]}/${name}.chat.md`;
}
