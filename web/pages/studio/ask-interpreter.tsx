import type { ReactElement } from "react";
import { Link } from "wouter";
import { feedbackWords as words } from "../../feedback/feedback-words.ts";
import { Icon } from "../../ui/icons.tsx";

/** The agent that reads feedback, asked about what is chosen. */
export function AskInterpreter({ ids }: { readonly ids: readonly string[] }): ReactElement {
  const query = new URLSearchParams({
    run: "feedback_interpreter",
    ...(ids.length > 0 && { feedback: ids.join(",") }),
  });
  return (
    <Link
      className="button"
      href={`/studio/roster?${query}`}
      {...(ids.length === 0 ? { title: words.nothingUnread } : {})}
    >
      <Icon name="play" />
      <span className="act-words">{words.askInterpreter(ids.length)}</span>
    </Link>
  );
}
