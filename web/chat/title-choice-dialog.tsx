import "./title-choice-dialog.css";
import type { ReactElement } from "react";
import { Dialog } from "../ui/dialog.tsx";
import { directionOf } from "../ui/direction.ts";
import { conflictWords as words } from "./conflict-words.ts";

export interface TitleChoice {
  readonly elsewhere: string;
  readonly mine: string;
  readonly takeMine: () => void;
  readonly close: () => void;
}

/** The title was changed elsewhere while it was changed here: a person says which one it is. */
export function TitleChoiceDialog({ choice }: { readonly choice: TitleChoice | undefined }): ReactElement | null {
  if (choice === undefined) return null;
  const { elsewhere, mine, takeMine, close } = choice;
  return (
    <Dialog
      title={words.titleChoice}
      onClose={close}
      acts={
        <>
          <button type="button" className="button" onClick={close}>
            {words.keepElsewhere}
          </button>
          <button type="button" className="button button-main" onClick={takeMine}>
            {words.takeMine}
          </button>
        </>
      }
    >
      <dl className="title-choice">
        <dt>{words.titleElsewhere}</dt>
        <dd dir={directionOf(elsewhere)}>{elsewhere}</dd>
        <dt>{words.titleMine}</dt>
        <dd dir={directionOf(mine)}>{mine}</dd>
      </dl>
    </Dialog>
  );
}
