import { type ReactElement, useState } from "react";
import { Icon } from "../../ui/icons.tsx";
import { visibleText } from "../../ui/markdown/visible-text.tsx";
import { words } from "../words.ts";

const longLines = 400;
const longLength = 40_000;
const previewLength = 4000;

export function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

/** Text that would make a text field slow: it is kept beside the field, not in it. */
export function isLongText(text: string): boolean {
  return text.length > longLength || (text.length > longLines && countLines(text) > longLines);
}

/** What goes into the message: the typed text, then the long pastes, in order. */
export function joinTexts(typed: string, pasted: readonly string[]): string {
  return [typed.trim() === "" ? "" : typed, ...pasted].filter((text) => text !== "").join("\n\n");
}

/** Long pastes as chips over the field: their first words, their size, a look at them, and a way to take them out. */
export function PastedTexts(props: {
  readonly texts: readonly string[];
  readonly isHeld: boolean;
  readonly remove: (index: number) => void;
}): ReactElement | null {
  const [open, setOpen] = useState<number>();
  if (props.texts.length === 0) return null;
  const shown = open === undefined ? undefined : props.texts[open];
  return (
    <div className="pasted">
      <ul className="pasted-list" aria-label={words.pasted}>
        {props.texts.map((text, index) => (
          <li key={`${index} ${text.length}`} className="pasted-chip">
            <button
              type="button"
              className="pasted-open"
              aria-expanded={open === index}
              onClick={() => setOpen(open === index ? undefined : index)}
            >
              <Icon name="file" size={14} />
              <span className="pasted-name">
                <bdi>{visibleText(text.slice(0, 80).trim().split("\n", 1)[0] ?? "")}</bdi>
              </span>
              <span className="pasted-size numbers">{words.lines(countLines(text))}</span>
            </button>
            <button
              type="button"
              className="icon-button pasted-remove"
              aria-label={words.removePasted}
              title={words.removePasted}
              aria-disabled={props.isHeld}
              onClick={() => !props.isHeld && props.remove(index)}
            >
              <Icon name="close" size={14} />
            </button>
          </li>
        ))}
      </ul>
      {shown !== undefined && (
        <pre className="pasted-text" dir="auto">
          {shown.length > previewLength ? `${shown.slice(0, previewLength)}\n…` : shown}
        </pre>
      )}
    </div>
  );
}
