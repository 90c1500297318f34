import {
  createContext,
  type ReactElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { ConnectionLost, request } from "./api.ts";
import { useEventStream } from "./event-stream-context.tsx";
import { createResources, type IsTouchedBy, type Resource, type Resources } from "./resources.ts";

const ResourcesContext = createContext<Resources | undefined>(undefined);

/** Below it `useResource` works; who leaves a page and comes back finds what was there, at once. */
export function ResourcesProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const stream = useEventStream();
  const [resources] = useState(() =>
    createResources({ fetch: request, isPassing: (problem) => problem instanceof ConnectionLost }),
  );
  useEffect(() => resources.connect(stream), [resources, stream]);
  return <ResourcesContext value={resources}>{children}</ResourcesContext>;
}

const never: IsTouchedBy = () => false;

export interface LiveResource<Value> extends Resource<Value> {
  /** Asks again now; what is shown stays until the answer is there. */
  readonly refresh: () => void;
}

/**
 * What `GET /api` + `path` answers, kept up to date: fetched again after each event of the workspace for which
 * `isTouchedBy` is true, and after a lost connection. `undefined` asks for nothing. `value` and `problem` may both be
 * there: the last that was known, and why it could not be fetched again.
 */
export function useResource<Value>(path: string | undefined, isTouchedBy: IsTouchedBy = never): LiveResource<Value> {
  const resources = useContext(ResourcesContext);
  if (!resources) throw new Error("No resources above this component.");
  const latest = useRef(isTouchedBy);
  latest.current = isTouchedBy;
  const subscribe = useCallback(
    (listener: () => void) =>
      path === undefined ? () => {} : resources.watch(path, (event) => latest.current(event), listener),
    [resources, path],
  );
  const state = useSyncExternalStore(subscribe, () => resources.read(path ?? "") as Resource<Value>);
  const refresh = useCallback(() => path !== undefined && resources.refresh(path), [resources, path]);
  return { ...state, refresh };
}
