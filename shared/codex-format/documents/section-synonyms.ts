import type { SectionedKind } from "./known-sections.ts";

/** Words that say nothing about which section is meant: "Overview" is "Product Overview". */
const COMMON =
  /\b(?:product|project|system|core|main|key|target|primary|known|technical|functional|high-level|the|our)\b/g;

/** Other names of sections, without common words, and what the template calls them. */
const SYNONYMS: Readonly<Record<SectionedKind, Readonly<Record<string, readonly string[]>>>> = {
  prd: {
    "project name": ["name", "title"],
    "product overview": ["summary", "introduction", "problem", "problem statement", "vision", "purpose", "what it is"],
    "core objectives": ["goals", "goals & objectives", "objectives & goals", "aims"],
    "target users": ["audience", "user groups", "personas", "user personas", "who it is for", "users & needs"],
    "core features": ["mvp", "mvp features", "scope", "mvp scope", "requirements", "what it does"],
    "tech stack": ["technology stack", "technology", "technologies", "stack"],
    "stretch goals": ["future", "future work", "future features", "future ideas", "later", "nice to have"],
    "success criteria": [
      "success metrics",
      "metrics",
      "measures of success",
      "acceptance criteria",
      "how we will know",
    ],
    "known constraints": [
      "limits",
      "limitations",
      "constraints & assumptions",
      "assumptions & constraints",
      "risks & constraints",
    ],
  },
  architecture: {
    "system overview": ["summary", "introduction", "components", "overview & components"],
    "directory structure": ["folder structure", "structure", "file structure", "repository structure", "layout"],
    "storage & data flows": [
      "data",
      "data model",
      "data flow",
      "data flows",
      "storage",
      "persistence",
      "data & storage",
    ],
    "apis & external services": ["apis", "api", "interfaces", "external services", "services", "integrations"],
    "frontend technology stack": [
      "frontend",
      "front end",
      "frontend stack",
      "tech stack",
      "technology stack",
      "user interface",
    ],
    "agent i/o conventions": ["agents", "agent conventions"],
    "best practices": ["conventions", "principles", "rules", "decisions", "design decisions", "coding conventions"],
    "future engineering notes": ["future", "future work", "next steps", "roadmap", "open questions"],
  },
  task: {
    goal: ["goals", "objective", "what it is for"],
    requirements: ["what it must do"],
    "technical notes": ["notes", "implementation notes"],
    "output files": ["files", "outputs"],
    "prompt notes": ["prompt"],
    "completion criteria": ["acceptance criteria", "done when", "definition of done"],
  },
};

const plain = (name: string): string => name.replace(COMMON, "").replace(/\s+/g, " ").trim();

/**
 * What a person calls a section, to what the template calls it. Looked up only after the exact names.
 * @param known the template's names, as `sectionName` makes them
 */
export function looseSections(kind: SectionedKind, known: readonly string[]): (name: string) => string | undefined {
  const meant = new Map<string, string>();
  for (const name of known) {
    for (const other of [name, ...(SYNONYMS[kind][name] ?? [])]) {
      const key = plain(other);
      if (key !== "" && !meant.has(key)) meant.set(key, name);
    }
  }
  return (name) => meant.get(plain(name));
}
