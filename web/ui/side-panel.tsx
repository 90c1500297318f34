import "./side-panel.css";
import { type ReactElement, type ReactNode, useEffect, useRef } from "react";
import { Icon } from "./icons.tsx";

const narrowest = 400;
const widest = 720;
const step = 24;

/**
 * One task beside the page: takes the focus when it opens, gives it back when it closes, closes with Esc. Stands in a
 * flex row after the page's content (`.page-columns`); on narrow screens it covers the page. `width` in px is kept by the
 * caller.
 */
export function SidePanel(props: {
  readonly label: string;
  readonly head: ReactNode;
  readonly children: ReactNode;
  /** Acts, always in view. */
  readonly foot?: ReactNode;
  readonly width: number;
  readonly onResize: (width: number) => void;
  readonly onClose: () => void;
}): ReactElement {
  const { width, onResize, onClose } = props;
  const panel = useRef<HTMLElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const element = panel.current;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
      if (document.querySelector("dialog[open], [popover]:popover-open")) return;
      event.preventDefault();
      close.current();
    };
    element?.addEventListener("keydown", onKeyDown);
    return () => element?.removeEventListener("keydown", onKeyDown);
  }, []);
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  const resizeTo = (wanted: number): void => onResize(Math.round(Math.min(widest, Math.max(narrowest, wanted))));
  return (
    <section ref={panel} className="side-panel" aria-label={props.label} tabIndex={-1} style={{ inlineSize: width }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a rule that can be moved is no thematic break */}
      <div
        className="side-panel-edge"
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label="Width"
        aria-valuenow={width}
        aria-valuemin={narrowest}
        aria-valuemax={widest}
        onKeyDown={(event) => {
          const toStart = event.currentTarget.matches(":dir(rtl)") ? "ArrowRight" : "ArrowLeft";
          if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
          event.preventDefault();
          resizeTo(event.key === toStart ? width + step : width - step);
        }}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (!event.currentTarget.hasPointerCapture(event.pointerId) || !panel.current) return;
          const box = panel.current.getBoundingClientRect();
          resizeTo(event.currentTarget.matches(":dir(rtl)") ? event.clientX - box.left : box.right - event.clientX);
        }}
      />
      <div className="side-panel-head">
        <div className="side-panel-names">{props.head}</div>
        <button type="button" className="icon-button" aria-label="Close" title="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div className="side-panel-body">{props.children}</div>
      {props.foot !== undefined && <div className="side-panel-foot">{props.foot}</div>}
    </section>
  );
}
