import { posix } from "node:path";

/** The folders whose paths are checked where a page names them in code style. */
const ours = /^(?:server|shared|web|tests|bench|scripts|docs|bin|\.ci|\.githooks)\//;
/** `FEATURE`, `NNNN`, `*` and `…` stand for something else. */
const placeholder = /[A-Z]{3,}|[*…<>{}]/;

/**
 * Links and paths in a Markdown text that lead nowhere.
 * @param folder where the page lies; links are relative to it, paths in code style to the project's root
 */
export function deadReferences(markdown: string, folder: string, exists: (path: string) => boolean): string[] {
  const text = markdown.replaceAll(/^```[\s\S]*?^```/gm, "");
  const links = [...text.matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]:\s+(\S+)/gm)].map((match) => match[1] ?? match[2] ?? "");
  const deadLinks = links.filter((link) => isRelative(link) && !exists(resolve(folder, link)));
  const paths = [...text.matchAll(/`([^`\s]+)`/g)].map((match) => match[1] ?? "");
  const deadPaths = paths.filter((path) => ours.test(path) && !placeholder.test(path) && !exists(resolve("", path)));
  return [...deadLinks, ...deadPaths];
}

function isRelative(link: string): boolean {
  return !/^[a-z][a-z0-9+.-]*:|^#|^\/\//i.test(link);
}

function resolve(folder: string, link: string): string {
  const [path = ""] = link.split("#");
  return posix.join(folder, decodeURI(path)).replace(/\/$/, "");
}
