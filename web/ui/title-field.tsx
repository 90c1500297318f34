import { type ReactElement, useLayoutEffect, useRef } from "react";

/** A name changed in its place: Enter and leaving keep, Esc gives up. */
export function TitleField(props: {
  readonly label: string;
  readonly value: string;
  readonly done: (value: string | undefined) => void;
  /** Where the focus goes when a key ended it; a pointer has put it elsewhere by itself. */
  readonly returnFocus: () => void;
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
  const finishByKey = (value: string | undefined): void => {
    finish(value);
    requestAnimationFrame(props.returnFocus);
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
        if (event.key === "Enter") finishByKey(event.currentTarget.value);
        if (event.key === "Escape") finishByKey(undefined);
        event.stopPropagation();
      }}
    />
  );
}
