import { type ReactElement, useLayoutEffect, useRef } from "react";

/** A name changed in its place: Enter and leaving keep, Esc gives up. */
export function TitleField(props: {
  readonly label: string;
  readonly value: string;
  readonly done: (value: string | undefined) => void;
}): ReactElement {
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const finish = (value: string | undefined): void => {
    if (isDone.current) return;
    isDone.current = true;
    props.done(value);
  };
  return (
    <input
      ref={field}
      className="input title-field"
      aria-label={props.label}
      dir="auto"
      maxLength={300}
      defaultValue={props.value}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") finish(event.currentTarget.value);
        if (event.key === "Escape") finish(undefined);
        event.stopPropagation();
      }}
    />
  );
}
