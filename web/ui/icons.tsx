/** Own icons on a 16 × 16 grid, 1.5 stroke; colour is the text's. They are decoration: the control has the name. */
import type { ReactElement } from "react";

const paths = {
  file: "M4 1.75h5L12.25 5v9.25H4zM8.75 2v3.25H12M6.25 8.5h4M6.25 11.25h2.5",
  search: "M7 11.75a4.75 4.75 0 1 0 0-9.5 4.75 4.75 0 0 0 0 9.5ZM10.5 10.5l3.25 3.25",
  pencil: "M3 13l.75-3L11 2.75a1.4 1.4 0 0 1 2 0l.25.25a1.4 1.4 0 0 1 0 2L6 12.25zM9.5 4.25l2.25 2.25",
  plus: "M8 3v10M3 8h10",
  close: "M4 4l8 8M12 4l-8 8",
  check: "M3 8.5l3.25 3.25L13 5",
  chevronDown: "M4.5 6.25L8 9.75l3.5-3.5",
  chevronNext: "M6.25 4.5L9.75 8l-3.5 3.5",
  chevronBack: "M9.75 4.5L6.25 8l3.5 3.5",
  arrowUp: "M8 13V3.5M4 7.25l4-4 4 4",
  arrowDown: "M8 3v9.5M4 8.75l4 4 4-4",
  copy: "M5.75 5.75h7.5v7.5h-7.5zM10.25 5.5V2.75h-7.5v7.5H5.5",
  again: "M13 8a5 5 0 1 1-1.6-3.65M13.25 2v3h-3",
  play: "M4.75 3.25v9.5L12.5 8z",
  more: "M3 8h.01M8 8h.01M13 8h.01",
  menu: "M2.75 4.5h10.5M2.75 8h10.5M2.75 11.5h10.5",
  gear: "M2 4.75h6.25M12.75 4.75H14M10.5 7a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5ZM2 11.25h1.25M7.75 11.25H14M5.5 13.5a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5Z",
  trash: "M3 4.25h10M6.25 4V2.5h3.5V4M4.25 4.5l.6 9h6.3l.6-9M6.75 7v4M9.25 7v4",
  warning: "M8 2.25l6.25 11.5H1.75zM8 6.5v3.25M8 11.75h.01",
  disk: "M2.75 3.25h10.5v9.5H2.75zM2.75 9.25h10.5M11 11h.01M8.75 11h.01",
  offline:
    "M2 2l12 12M5.5 9.25a4 4 0 0 1 2-1M3 6.5a8 8 0 0 1 2.25-1.4M8 4.25a8 8 0 0 1 5 2.25M10 9a4 4 0 0 1 .75.5M8 12h.01",
  key: "M6 12.75a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5ZM8 8.25l5.25-5.5M10.5 5.5L12.5 7.5",
  server: "M2.75 2.75h10.5v4.5H2.75zM2.75 8.75h10.5v4.5H2.75zM5 5h.01M5 11h.01",
  book: "M8 3.75v9.5M8 3.75C6.75 2.75 4.75 2.5 2.75 2.75v9.5C4.75 12 6.75 12.25 8 13.25c1.25-1 3.25-1.25 5.25-1v-9.5C11.25 2.5 9.25 2.75 8 3.75z",
  panel: "M2.75 3.25h10.5v9.5H2.75zM6 3.25v9.5",
  keyboard: "M1.75 4.25h12.5v7.5H1.75zM4.25 6.75h.01M6.75 6.75h.01M9.25 6.75h.01M11.75 6.75h.01M5 9.25h6",
  tool: "M9.5 6.5l-6 6M13 5.5a3 3 0 0 1-4.25 2.25M8.25 7.25A3 3 0 0 1 11 3L9.75 4.5l.25 1.5 1.5.25L13 5",
  overview: "M2.75 2.75h4v4h-4zM9.25 2.75h4v4h-4zM2.75 9.25h4v4h-4zM9.25 9.25h4v4h-4z",
  folder: "M1.75 4.25v8.5h12.5v-7h-6.5l-1.5-2.5h-4.5z",
  board: "M2.5 2.75H6v10.5H2.5zM6 2.75h4v7H6zM10 2.75h3.5v8.5H10z",
  list: "M2.75 4h.01M2.75 8h.01M2.75 12h.01M5.75 4h8M5.75 8h8M5.75 12h8",
  thumbUp:
    "M2.25 7.25h2.5v6h-2.5zM4.75 7.25L7.5 2.25c1.25 0 1.75.75 1.5 2L8.5 6.5h4.25c.75 0 1.15.6 1 1.25l-1.1 4.5c-.15.6-.6 1-1.25 1H4.75",
  thumbDown:
    "M2.25 8.75h2.5v-6h-2.5zM4.75 8.75l2.75 5c1.25 0 1.75-.75 1.5-2L8.5 9.5h4.25c.75 0 1.15-.6 1-1.25l-1.1-4.5c-.15-.6-.6-1-1.25-1H4.75",
  people:
    "M6 7.25a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5ZM1.75 13.25c0-2.5 1.75-4 4.25-4s4.25 1.5 4.25 4M10.5 3a2.25 2.25 0 0 1 0 4M12 9.5c1.4.6 2.25 1.9 2.25 3.75",
  chat: "M2.25 3.25h11.5v8H7.5l-3 2.5v-2.5H2.25z",
  history: "M3 8a5 5 0 1 0 1.6-3.65M2.75 2v3h3M8 5.25V8l2 1.5",
  filter: "M2.5 4h11M4.75 8h6.5M6.75 12h2.5",
  link: "M6.75 9.25l2.5-2.5M7.25 4.75L9 3a2.8 2.8 0 0 1 4 4l-1.75 1.75M8.75 11.25L7 13a2.8 2.8 0 0 1-4-4l1.75-1.75",
  download: "M8 2.75v7M4.75 6.75L8 10l3.25-3.25M2.75 13.25h10.5",
  lock: "M4 7.25h8v6H4zM5.75 7V5a2.25 2.25 0 0 1 4.5 0v2",
} as const;

export type IconName = keyof typeof paths | "stop";

const mirrored: ReadonlySet<IconName> = new Set(["chevronNext", "chevronBack", "panel"]);

export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }): ReactElement {
  return (
    <svg
      className={mirrored.has(name) ? "icon icon-mirrored" : "icon"}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" ? 2 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {name === "stop" ? (
        <rect x="4" y="4" width="8" height="8" rx="1.5" fill="currentColor" stroke="none" />
      ) : (
        <path d={paths[name]} />
      )}
    </svg>
  );
}
