/** The pages that are made from the list of settings in server/config.ts. */
interface Setting {
  readonly name: string;
  readonly description: string;
  readonly fallback: string;
}

/** Path from the project's root → whole text. */
export function configurationDocs(settings: readonly Setting[]): Readonly<Record<string, string>> {
  return { "docs/configuration.md": page(settings), ".env.example": example(settings) };
}

function page(settings: readonly Setting[]): string {
  const rows = settings.map(
    ({ name, description, fallback }) => `| \`${name}\` | ${cell(fallback)} | ${cell(description)} |`,
  );
  return `<!-- Made by \`npm run docs:generate\` from server/config.ts. -->
# Configuration

Folio starts without any setting. What is set in the environment wins over a \`.env\` file in the folder where Folio is
started; \`folio --port\`, \`--host\` and the folder on the command line win over both. A value that does not fit ends the
start with a list of all that do not.

| Setting | When it is not set | What it does |
|---|---|---|
${rows.join("\n")}

Keys may also lie in \`.streamlit/secrets.toml\` of the opened folder (\`OPENAI_API_KEY\`), or be entered on the page; those are
kept encrypted outside the workspace.
`;
}

function example(settings: readonly Setting[]): string {
  const entries = settings.map(
    ({ name, description, fallback }) => `# ${description} Not set: ${fallback}\n#${name}=\n`,
  );
  return `# Every setting; take the # off the lines you need. Made by \`npm run docs:generate\`.\n\n${entries.join("\n")}`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
