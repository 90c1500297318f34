import type { ReactElement } from "react";
import { feedbackWords as words } from "../../feedback/feedback-words.ts";
import { usePanelWidth } from "../../platform/panel-width.ts";
import { SidePanel } from "../../ui/side-panel.tsx";
import { Chain } from "./chain.tsx";

/** Beside the list: what became of one piece of feedback. */
export function FeedbackChain({ id, close }: { readonly id: string; readonly close: () => void }): ReactElement {
  const [width, setWidth] = usePanelWidth();
  return (
    <SidePanel
      label={words.followChain}
      head={<h2 className="page-bar-title">{words.followChain}</h2>}
      width={width}
      onResize={setWidth}
      onClose={close}
    >
      <Chain start={{ feedback: id }} />
    </SidePanel>
  );
}
