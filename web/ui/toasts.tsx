import "./toasts.css";
import {
  createContext,
  type ReactElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from "react";
import { Icon, type IconName } from "./icons.tsx";
import { visibleText } from "./markdown/visible-text.tsx";

export interface Toast {
  readonly text: string;
  readonly detail?: string;
  /** News of the same subject take each other's place. */
  readonly subject?: string;
  readonly icon?: IconName;
  readonly act?: { readonly label: string; readonly run: () => void };
}

type ShowToast = (toast: Toast) => void;

const shownMs = 6000;
const mostShown = 3;

const ToastContext = createContext<ShowToast>(() => {});

export function useToast(): ShowToast {
  return useContext(ToastContext);
}

function ToastRow({ toast, close }: { readonly toast: Toast; readonly close: () => void }): ReactElement {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(close, shownMs);
    return () => clearTimeout(timer);
  }, [isHeld, close]);
  return (
    // biome-ignore lint/a11y: pointing at it only keeps it open
    <div
      className="toast"
      data-tone={toast.icon === "warning" ? "bad" : undefined}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name={toast.icon ?? "check"} />
      <div className="toast-words">
        <p>
          <bdi>{visibleText(toast.text)}</bdi>
        </p>
        {toast.detail && (
          <p className="toast-detail">
            <bdi>{visibleText(toast.detail)}</bdi>
          </p>
        )}
      </div>
      {toast.act && (
        <button
          type="button"
          className="button button-quiet"
          onClick={() => {
            toast.act?.run();
            close();
          }}
        >
          {toast.act.label}
        </button>
      )}
    </div>
  );
}

/** Short news at the bottom end, for six seconds; never for what needs an act. */
export function Toasts({ children }: { readonly children: ReactNode }): ReactElement {
  const [shown, setShown] = useState<
    readonly { readonly id: number; readonly toast: Toast; readonly close: () => void }[]
  >([]);
  const show = useCallback((toast: Toast) => {
    const id = performance.now() + Math.random();
    const close = (): void => setShown((before) => before.filter((row) => row.id !== id));
    setShown((before) => {
      const others = before.filter((row) => toast.subject === undefined || row.toast.subject !== toast.subject);
      return [...others.slice(1 - mostShown), { id, toast, close }];
    });
  }, []);
  const list = useMemo(
    () => shown.map((row) => <ToastRow key={row.id} toast={row.toast} close={row.close} />),
    [shown],
  );
  return (
    <ToastContext value={show}>
      {children}
      <div className="toasts" role="status" aria-label="News">
        {list}
      </div>
    </ToastContext>
  );
}
