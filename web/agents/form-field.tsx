import "./agents.css";
import { type ReactElement, type ReactNode, useId } from "react";

/** A label, its control, and one line below: what it is for, or what is wrong with it. */
export function FormField(props: {
  readonly label: string;
  readonly hint?: string;
  readonly problem?: string | undefined;
  readonly children: (attributes: {
    readonly id: string;
    readonly "aria-describedby": string;
    readonly "aria-invalid": boolean;
  }) => ReactNode;
}): ReactElement {
  const id = useId();
  const { problem, hint } = props;
  const said = problem ?? hint;
  return (
    <div className="agent-form-field">
      <label htmlFor={id}>{props.label}</label>
      {props.children({ id, "aria-describedby": `${id}-hint`, "aria-invalid": problem !== undefined })}
      {said !== undefined && (
        <p id={`${id}-hint`} className="agent-form-hint" data-bad={problem === undefined ? undefined : ""}>
          {said}
        </p>
      )}
    </div>
  );
}
