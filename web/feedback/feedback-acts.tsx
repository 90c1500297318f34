import { type ReactElement, useRef } from "react";
import { Link } from "wouter";
import type { FeedbackPage, FeedbackTarget, FeedbackView } from "../../shared/feedback.ts";
import { problemWords } from "../platform/api.ts";
import { feedbackAddress } from "../platform/studio-address.ts";
import { byFeedback } from "../platform/touched-by.ts";
import { useResource } from "../platform/use-resource.tsx";
import { Icon } from "../ui/icons.tsx";
import { useToast } from "../ui/toasts.tsx";
import { feedbackPathOf, isAbout, withdrawFeedback } from "./feedback-api.ts";
import { FeedbackForm, type FeedbackFormHandle } from "./feedback-form.tsx";
import { reasonWords, feedbackWords as words } from "./feedback-words.ts";
import { useThumbKeys } from "./use-thumb-keys.ts";

/** What stands now about one message or one version of a document. */
function useCurrent(target: FeedbackTarget): FeedbackView | undefined {
  const { value } = useResource<FeedbackPage>(feedbackPathOf(target), byFeedback);
  return value?.items.find(
    (item): item is FeedbackView => item.kind === "feedback" && item.isPast !== true && isAbout(item.target, target),
  );
}

/** The two thumbs; the chosen one is pressed, and pressing it again takes it back. */
export function FeedbackActs({ target }: { readonly target: FeedbackTarget }): ReactElement {
  const form = useRef<FeedbackFormHandle>(null);
  const thumbs = { up: useRef<HTMLButtonElement>(null), down: useRef<HTMLButtonElement>(null) };
  useThumbKeys(thumbs.up, thumbs.down);
  const show = useToast();
  const current = useCurrent(target);
  const goodName = "document" in target ? words.goodVersion : words.good;
  const complain = (thrown: unknown): void => {
    const { title, detail } = problemWords(thrown);
    show({ text: title, icon: "warning", ...(detail === undefined ? {} : { detail }) });
  };
  const takeBack = (id: string): void => {
    withdrawFeedback(id).then(() => show({ text: words.takenBack, subject: "feedback" }), complain);
  };
  const thumb = (rating: "up" | "down"): ReactElement => {
    const isPressed = current?.rating === rating;
    const name = rating === "up" ? goodName : words.bad;
    return (
      <button
        ref={thumbs[rating]}
        type="button"
        className="icon-button message-act feedback-act"
        aria-label={name}
        title={isPressed ? words.takeBack : name}
        aria-pressed={isPressed}
        onClick={(event) => {
          if (isPressed) takeBack(current.id);
          else form.current?.open(rating, event.currentTarget);
        }}
      >
        <Icon name={rating === "up" ? "thumbUp" : "thumbDown"} />
      </button>
    );
  };
  return (
    <>
      {thumb("up")}
      {thumb("down")}
      {current && (
        <Link className="feedback-here" href={feedbackAddress(current.id)}>
          {current.reasons.length > 0 ? current.reasons.map(reasonWords).join(", ") : words.given}
        </Link>
      )}
      <FeedbackForm
        ref={form}
        target={target}
        supersedes={current?.id}
        onSaved={(id) =>
          show({ text: words.saved, subject: "feedback", act: { label: words.undo, run: () => takeBack(id) } })
        }
      />
    </>
  );
}
