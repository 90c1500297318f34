import { memo, type ReactElement } from "react";
import type { MessageView } from "../../../shared/chat.ts";
import { Icon } from "../../ui/icons.tsx";
import { visibleText } from "../../ui/markdown/visible-text.tsx";
import { words } from "../words.ts";
import { useMessageActions } from "./message-actions.ts";

/** `2 of 3` with a way to the other versions of this message. */
export function Versions({ message }: { readonly message: MessageView }): ReactElement | null {
  const { showVersion } = useMessageActions();
  const versions = message.siblings ?? [];
  const at = versions.indexOf(message.id);
  if (versions.length < 2 || at === -1) return null;
  const previous = versions[at - 1];
  const next = versions[at + 1];
  return (
    <div className="versions" role="group" aria-label="Versions">
      <button
        type="button"
        className="icon-button version-step"
        aria-label={words.previousVersion}
        title={words.previousVersion}
        aria-disabled={previous === undefined}
        onClick={() => previous !== undefined && showVersion(previous)}
      >
        <Icon name="chevronBack" size={14} />
      </button>
      <span className="numbers">{words.versionOf(at + 1, versions.length)}</span>
      <button
        type="button"
        className="icon-button version-step"
        aria-label={words.nextVersion}
        title={words.nextVersion}
        aria-disabled={next === undefined}
        onClick={() => next !== undefined && showVersion(next)}
      >
        <Icon name="chevronNext" size={14} />
      </button>
    </div>
  );
}

const shortestShownMs = 100;

/** The numbers of an answer, one fact a line; a time too short to be shown as a number of seconds tells nothing. */
export function factsOf(message: MessageView): readonly string[] {
  const { out = 0, ms = 0 } = message.usage ?? {};
  const time = ms < shortestShownMs ? undefined : words.seconds(ms);
  const count = out === 0 ? undefined : words.tokens(out);
  const speed = count !== undefined && time !== undefined ? words.tokensPerSecond((out * 1000) / ms) : undefined;
  const size = [count, time].filter((fact) => fact !== undefined).join(", ");
  return [size, speed ?? ""].filter((fact) => fact !== "");
}

export const MessageMargin = memo(function MessageMargin({ message }: { readonly message: MessageView }): ReactElement {
  const status = words.status[message.status];
  return (
    <div className="message-margin numbers">
      {message.role === "user" && <Versions message={message} />}
      {factsOf(message).map((fact) => (
        <div key={fact}>
          <bdi>{visibleText(fact)}</bdi>
        </div>
      ))}
      {status !== "" && (
        <span className={message.status === "stopped" ? "badge badge-dashed" : "badge badge-bad"}>{status}</span>
      )}
    </div>
  );
});
