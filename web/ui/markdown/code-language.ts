/** What a code block says about itself on its first line: a language and perhaps a file name. */
export interface CodeLabel {
  /** The language as people call it; empty when none was given. */
  readonly name: string;
  /** The grammar's name for highlighting, if there is one. */
  readonly grammar: Grammar | undefined;
  readonly fileName: string | undefined;
  /** The file name for a download. */
  readonly downloadName: string;
}

interface Language {
  readonly name: string;
  readonly extension: string;
  readonly aliases: readonly string[];
}

/** Every key is the name of a grammar that `highlight.ts` can load. */
export const languages = {
  typescript: { name: "TypeScript", extension: "ts", aliases: ["ts", "mts", "cts"] },
  tsx: { name: "TSX", extension: "tsx", aliases: [] },
  javascript: { name: "JavaScript", extension: "js", aliases: ["js", "mjs", "cjs", "node"] },
  jsx: { name: "JSX", extension: "jsx", aliases: [] },
  json: { name: "JSON", extension: "json", aliases: [] },
  jsonc: { name: "JSON with comments", extension: "jsonc", aliases: ["json5"] },
  yaml: { name: "YAML", extension: "yaml", aliases: ["yml"] },
  toml: { name: "TOML", extension: "toml", aliases: [] },
  ini: { name: "INI", extension: "ini", aliases: ["properties", "conf"] },
  html: { name: "HTML", extension: "html", aliases: ["htm"] },
  xml: { name: "XML", extension: "xml", aliases: ["svg", "xsl"] },
  css: { name: "CSS", extension: "css", aliases: [] },
  scss: { name: "SCSS", extension: "scss", aliases: [] },
  sql: { name: "SQL", extension: "sql", aliases: ["postgres", "postgresql", "mysql", "sqlite"] },
  python: { name: "Python", extension: "py", aliases: ["py", "python3", "py3"] },
  rust: { name: "Rust", extension: "rs", aliases: ["rs"] },
  go: { name: "Go", extension: "go", aliases: ["golang"] },
  java: { name: "Java", extension: "java", aliases: [] },
  kotlin: { name: "Kotlin", extension: "kt", aliases: ["kt"] },
  c: { name: "C", extension: "c", aliases: ["h"] },
  cpp: { name: "C++", extension: "cpp", aliases: ["c++", "cc", "hpp", "cxx"] },
  csharp: { name: "C#", extension: "cs", aliases: ["cs", "c#"] },
  php: { name: "PHP", extension: "php", aliases: [] },
  ruby: { name: "Ruby", extension: "rb", aliases: ["rb"] },
  swift: { name: "Swift", extension: "swift", aliases: [] },
  lua: { name: "Lua", extension: "lua", aliases: [] },
  r: { name: "R", extension: "r", aliases: [] },
  shellscript: { name: "Shell", extension: "sh", aliases: ["sh", "bash", "zsh", "shell", "console", "shell-session"] },
  powershell: { name: "PowerShell", extension: "ps1", aliases: ["ps1", "pwsh"] },
  docker: { name: "Dockerfile", extension: "dockerfile", aliases: ["dockerfile"] },
  make: { name: "Makefile", extension: "mk", aliases: ["makefile"] },
  diff: { name: "Diff", extension: "diff", aliases: ["patch"] },
  markdown: { name: "Markdown", extension: "md", aliases: ["md"] },
  graphql: { name: "GraphQL", extension: "graphql", aliases: ["gql"] },
} as const satisfies Record<string, Language>;

export type Grammar = keyof typeof languages;

/** Reads a fence's info string: ` ```ts quantile.ts `, ` ```ts title="quantile.ts" `, ` ```ts:quantile.ts `. */
export function codeLabelOf(info: string): CodeLabel {
  const line = info.trim().slice(0, 200);
  const word = /^[^\s{:]*/.exec(line)?.[0] ?? "";
  const fileName = fileNameIn(line.slice(word.length));
  const grammar = grammarOf(word);
  const language = grammar === undefined ? undefined : languages[grammar];
  const extension = language?.extension ?? "txt";
  const name = language?.name ?? (word.length <= 30 ? word : "");
  return { name, grammar, fileName, downloadName: safeFileName(fileName) ?? `code.${extension}` };
}

export function grammarOf(word: string): Grammar | undefined {
  const wanted = word.toLowerCase();
  for (const [grammar, language] of Object.entries(languages)) {
    const aliases: readonly string[] = language.aliases;
    if (grammar === wanted || aliases.includes(wanted)) return grammar as Grammar;
  }
  return undefined;
}

function fileNameIn(text: string): string | undefined {
  const named = /(?:title|file|filename)=(?:"([^"]+)"|'([^']+)'|(\S+))/.exec(text);
  const bare = /^[\s:]+([\w@./-]+\.\w{1,10})(?:\s|$)/.exec(text)?.[1];
  return named?.[1] ?? named?.[2] ?? named?.[3] ?? bare;
}

/** The last part of a path, with plain characters only, so that a download cannot pretend to be another file. */
function safeFileName(path: string | undefined): string | undefined {
  const name = path
    ?.split(/[\\/]/)
    .at(-1)
    ?.replaceAll(/[^\w.-]/g, "_")
    .replace(/^\.+/, "");
  return name === undefined || name === "" ? undefined : name.slice(-80);
}
