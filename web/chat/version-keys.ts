import type { KeyBinding } from "../platform/keyboard.ts";
import type { Transcript } from "./transcript.ts";

/** ⌥ ← and ⌥ →: the other version of the message that has the focus, or of the last one that has versions. */
export function versionKeys({ view }: Transcript, showVersion: (id: string) => void): KeyBinding[] {
  const step = (by: number) => (): void => {
    const focused = document.activeElement?.closest("article[data-id]")?.getAttribute("data-id");
    const withVersions = view.messages.filter((message) => (message.siblings?.length ?? 0) > 1);
    const message = withVersions.find(({ id }) => id === focused) ?? withVersions.at(-1);
    const next = message?.siblings?.[message.siblings.indexOf(message.id) + by];
    if (next !== undefined) showVersion(next);
  };
  return [
    { key: "ArrowLeft", alt: true, run: step(-1) },
    { key: "ArrowRight", alt: true, run: step(1) },
  ];
}
