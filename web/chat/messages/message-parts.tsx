import "./message-parts.css";
import { memo, type ReactElement, useState } from "react";
import type { MessageView, PartView } from "../../../shared/chat.ts";
import { Icon } from "../../ui/icons.tsx";
import { visibleText } from "../../ui/markdown/visible-text.tsx";
import { MarkdownText } from "../../ui/markdown-text.tsx";
import { useConversationSlots } from "../conversation-slots.ts";
import { useGrowingMessage } from "../growing-message.ts";
import { words } from "../words.ts";

const gistLength = 90;

/** The first words of a thought, without Markdown signs. */
export function gistOf(text: string): string {
  const line =
    text
      .replaceAll(/[*_`#>]+/g, "")
      .trim()
      .split("\n", 1)[0] ?? "";
  return line.length > gistLength ? `${line.slice(0, gistLength).trimEnd()}…` : line;
}

const Reasoning = memo(function Reasoning({ part, isLive }: { readonly part: PartView; readonly isLive: boolean }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="reasoning">
      <button type="button" className="fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isLive && !isOpen ? (
          <span className="ring-mark" />
        ) : (
          <Icon name={isOpen ? "chevronDown" : "chevronNext"} size={14} />
        )}
        <span className="fold-name">{isLive ? words.thinking : words.thought}</span>
        {!isOpen && (
          <span className="fold-gist">
            <bdi>{visibleText(gistOf(part.text))}</bdi>
          </span>
        )}
      </button>
      {isOpen && (
        <div className="reasoning-text" dir="auto">
          {part.text}
        </div>
      )}
    </div>
  );
});

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim().slice(0, 160);
}

const ToolCall = memo(function ToolCall({
  part,
  result,
}: {
  readonly part: PartView;
  readonly result?: PartView | undefined;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="tool-call">
      <button type="button" className="fold tool-row" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Icon name="tool" size={14} />
        <span className="fold-name">{part.attributes?.["name"] ?? "tool"}</span>
        <code className="fold-gist">{oneLine(part.text)}</code>
        <span className="tool-outcome">{result ? oneLine(result.text).slice(0, 40) : "not run"}</span>
        <Icon name={isOpen ? "chevronDown" : "chevronNext"} size={14} />
      </button>
      {isOpen && (
        <div className="tool-detail">
          <pre dir="ltr">{part.text}</pre>
          {result && <pre dir="ltr">{result.text}</pre>}
        </div>
      )}
    </div>
  );
});

/** A part of a kind that this page does not know: its words, plainly. */
function OtherPart({ part }: { readonly part: PartView }): ReactElement {
  return (
    <div className="other-part">
      <span className="badge badge-dashed">{part.type}</span>
      <pre dir="auto">{part.text || part.attributes?.["src"]}</pre>
    </div>
  );
}

export function MessageParts(props: { readonly message: MessageView }): ReactElement {
  const message = useGrowingMessage(props.message);
  const slots = useConversationSlots();
  const isStreaming = message.status === "streaming";
  const last = message.parts.length - 1;
  const results = new Map(
    message.parts
      .filter((part) => part.type === "tool-result" && part.attributes?.["call"])
      .map((part) => [part.attributes?.["call"] ?? "", part]),
  );
  const calls = new Set(
    message.parts.map((part) => (part.type === "tool-call" ? part.attributes?.["call"] : undefined)),
  );
  return (
    <>
      {message.parts.map((part, index) => {
        const isLive = isStreaming && index === last;
        if (part.type === "text") return <MarkdownText key={part.id} text={part.text} streaming={isLive} />;
        if (part.type === "reasoning") return <Reasoning key={part.id} part={part} isLive={isLive} />;
        if (part.type === "tool-call") {
          return <ToolCall key={part.id} part={part} result={results.get(part.attributes?.["call"] ?? "")} />;
        }
        if (part.type === "tool-result" && calls.has(part.attributes?.["call"])) return null;
        const drawn = slots.part?.(part, message);
        return drawn === undefined ? <OtherPart key={part.id} part={part} /> : <div key={part.id}>{drawn}</div>;
      })}
      {isStreaming && message.parts.length === 0 && <span className="caret" aria-hidden="true" />}
    </>
  );
}
