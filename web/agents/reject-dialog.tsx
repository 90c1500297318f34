import { type ReactElement, useState } from "react";
import { Dialog } from "../ui/dialog.tsx";
import { runWords as words } from "./agents-words.ts";

/** Asks before an answer is put aside; the reason is kept with it. */
export function RejectDialog(props: {
  readonly file: string;
  readonly close: () => void;
  readonly reject: (reason: string) => void;
}): ReactElement {
  const [reason, setReason] = useState("");
  const reject = (): void => {
    props.close();
    props.reject(reason.trim());
  };
  return (
    <Dialog
      title={words.rejectTitle}
      onClose={props.close}
      acts={
        <>
          <button type="button" className="button" onClick={props.close}>
            {words.keep}
          </button>
          <button type="button" className="button button-harm" onClick={reject}>
            {words.rejectDo}
          </button>
        </>
      }
    >
      <p>{words.rejectText(props.file)}</p>
      <input
        className="input agent-reject-reason"
        aria-label={words.rejectReason}
        placeholder={words.rejectReason}
        dir="auto"
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && !event.nativeEvent.isComposing && reject()}
      />
    </Dialog>
  );
}
