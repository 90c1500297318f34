import { appendFeedback } from "../../shared/codex-format/feedback/append-feedback.ts";
import { currentFeedback } from "../../shared/codex-format/feedback/current-feedback.ts";
import type {
  FeedbackEntry,
  FeedbackItem,
  InvalidFeedback,
} from "../../shared/codex-format/feedback/feedback-entry.ts";
import { readFeedback } from "../../shared/codex-format/feedback/read-feedback.ts";
import type { FeedbackInvalidView, FeedbackView } from "../../shared/feedback.ts";
import { Problem } from "../platform/problem.ts";
import type { DocumentStore, Revision } from "../platform/store/document-store.ts";
import { readIfThere } from "../platform/store/read-if-there.ts";

export const feedbackPath = "feedback.jsonl";

/** How often an append begins anew because somebody else wrote in between. */
const triesAllowed = 50;

type AnyView = FeedbackView | FeedbackInvalidView;

export interface FeedbackViews {
  /** In the file's order. */
  readonly all: readonly AnyView[];
  readonly current: readonly FeedbackView[];
  readonly invalid: number;
}

export interface FeedbackFile {
  views(): Promise<FeedbackViews>;
  /** Adds one line durably; what stands before it stays byte for byte. @throws Problem, StoreFailure */
  append(entry: FeedbackEntry): Promise<void>;
  /** Whether the file is another one than the last that was read or written here. */
  hasChanged(): Promise<boolean>;
}

/** `feedback.jsonl` at the workspace's root; it may be missing. Parsed once a revision. */
export function createFeedbackFile(store: DocumentStore): FeedbackFile {
  /** The newest revision that this process has read or written: an event for it tells nothing new. */
  let seen: Revision | undefined;
  let known: { readonly revision: Revision | undefined; readonly views: FeedbackViews } | undefined;

  const load = async () => {
    const found = await readIfThere(store, feedbackPath);
    return { revision: found?.revision, bytes: found?.bytes ?? new Uint8Array(0) };
  };

  return {
    views: async () => {
      const { revision, bytes } = await load();
      seen = revision;
      if (known === undefined || known.revision !== revision) known = { revision, views: viewsOf(bytes) };
      return known.views;
    },
    append: async (entry) => {
      for (let tries = 0; tries < triesAllowed; tries += 1) {
        const { revision, bytes } = await load();
        const written = await store.write(feedbackPath, appendFeedback(bytes, entry), revision);
        if (written.outcome === "stale") continue;
        seen = written.revision;
        return;
      }
      throw new Problem("not-saved", 503, "feedback.jsonl is being written by another program all the time.", {
        detail: "Nothing was saved. Try again.",
      });
    },
    hasChanged: async () => {
      const { revision } = await load();
      const isNew = revision !== seen;
      seen = revision;
      return isNew;
    },
  };
}

function viewsOf(bytes: Uint8Array): FeedbackViews {
  const items = readFeedback(bytes);
  const current = new Set(currentFeedback(items));
  const all = items.map((item) => (item.kind === "invalid" ? invalidView(item) : viewOf(item, !current.has(item))));
  return {
    all,
    current: all.filter((view) => view.kind === "feedback" && view.isPast !== true) as FeedbackView[],
    invalid: all.filter((view) => view.kind === "invalid").length,
  };
}

const rawShown = 4000;

function invalidView({ line, reason, raw }: InvalidFeedback): FeedbackInvalidView {
  return { kind: "invalid", line, reason, raw: raw.slice(0, rawShown) };
}

function viewOf({ entry, line, problems }: FeedbackItem, isPast: boolean): FeedbackView {
  const { target, rating, text, better, model, preset } = entry;
  return {
    kind: "feedback",
    id: entry.id ?? `line-${line}`,
    at: entry.at ?? "",
    ...(target === undefined ? {} : { target }),
    ...(rating === undefined ? {} : { rating }),
    reasons: entry.reasons ?? [],
    ...(text === undefined ? {} : { text }),
    ...(better === undefined ? {} : { better }),
    ...(model === undefined ? {} : { model }),
    ...(preset === undefined ? {} : { preset }),
    ...(isPast ? { isPast } : {}),
    problems,
  };
}
