import type { ReactElement } from "react";
import { Dialog } from "../ui/dialog.tsx";
import { words } from "./words.ts";

/** A key that is deleted cannot be brought back: asked before. */
export function RemoveQuestion(props: {
  readonly name: string;
  readonly close: () => void;
  readonly remove: () => void;
}): ReactElement {
  return (
    <Dialog
      title={words.removeQuestion(props.name)}
      onClose={props.close}
      acts={
        <>
          <button type="button" className="button" onClick={props.close}>
            {words.keep}
          </button>
          <button type="button" className="button button-harm" onClick={props.remove}>
            {words.remove}
          </button>
        </>
      }
    >
      <p>{words.removeMeans}</p>
    </Dialog>
  );
}
