/** The first that runs: shows the outline in the right theme and asks for all that the address will need, at once. */
import "./ui/theme.css";
import "./ui/fonts.css";
import "./ui/base.css";
import "./ui/outline.css";
import { askEarly } from "./platform/early-answers.ts";
import { isOutlineTrue } from "./platform/outline.ts";
import { readStored } from "./platform/stored.ts";
import { applyTheme, readTheme } from "./platform/theme.ts";

type Kind = "new" | "chat" | "studio" | "other";

function kindOf(path: string): Kind {
  if (path === "/studio" || path.startsWith("/studio/")) return "studio";
  if (path === "/") return "new";
  return path.startsWith("/c/") ? "chat" : "other";
}

function showOutline(kind: Kind): void {
  const outline = document.getElementById("outline");
  if (!outline || kind === "other" || location.hash.includes("launch=") || !isOutlineTrue()) return outline?.remove();
  outline.dataset["kind"] = kind;
  outline.dataset["side"] = readStored("folio.side") ?? "open";
  outline.hidden = false;
}

function askForAddress(kind: Kind, path: string): void {
  if (kind === "other") return;
  const conversation = path.startsWith("/c/") ? [`/conversations/${path.slice(3)}?limit=100`] : [];
  const list = kind !== "studio" ? ["/conversations?limit=50"] : [];
  askEarly(["/session", "/providers", ...conversation, ...list]);
  if (conversation.length > 0) import("./ui/markdown/markdown.tsx").catch(() => {});
}

applyTheme(readTheme());
const kind = kindOf(location.pathname);
showOutline(kind);
askForAddress(kind, location.pathname);
import("./page.tsx").then(
  ({ startPage }) => startPage(),
  () => {
    const root = document.getElementById("root");
    document.getElementById("outline")?.remove();
    if (root) root.textContent = "The page could not be fetched: Folio may be away or was updated. Load it anew.";
  },
);
