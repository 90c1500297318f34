import type { ReactElement } from "react";
import type { MessageView } from "../../../shared/chat.ts";
import { Icon } from "../../ui/icons.tsx";
import { words } from "../words.ts";
import { messageText, useMessageActions } from "./message-actions.ts";

/** Where a person stopped an answer, and the way on from there. */
export function StoppedNote(props: { readonly message: MessageView; readonly canAct: boolean }): ReactElement {
  const { message, canAct } = props;
  const { continueFrom } = useMessageActions();
  return (
    <p className="stopped-note">
      {words.stoppedHere}
      {canAct && messageText(message) !== "" && (
        <button type="button" className="button" onClick={() => continueFrom(message)}>
          <Icon name="play" size={14} />
          {words.continueFromHere}
        </button>
      )}
    </p>
  );
}
