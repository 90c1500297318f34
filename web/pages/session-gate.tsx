import { type ReactElement, type ReactNode, useCallback, useEffect, useState } from "react";
import { problemCode } from "../platform/api.ts";
import { useEventStream, useStreamStatus } from "../platform/event-stream-context.tsx";
import { forgetOutline } from "../platform/outline.ts";
import { fetchSession, type Session, signIn, takeLaunchToken } from "../platform/session.ts";
import { PageFailure } from "./page-failure.tsx";
import { SignInPage } from "./sign-in-page.tsx";

type GateState =
  | { readonly kind: "asking" }
  | { readonly kind: "signed-out"; readonly problem?: unknown }
  | { readonly kind: "signed-in"; readonly session: Session };

const retryMs = 700;

/** Lets nobody in without a session: takes the launch link, else says where to find it. */
export function SessionGate({ children }: { readonly children: (session: Session) => ReactNode }): ReactElement {
  const [state, setState] = useState<GateState>({ kind: "asking" });
  const stream = useEventStream();
  const status = useStreamStatus();
  const ask = useCallback(async (): Promise<void> => {
    try {
      const session = await fetchSession();
      setState({ kind: "signed-in", session });
    } catch (thrown) {
      if (problemCode(thrown) === "not-signed-in") {
        forgetOutline();
        setState({ kind: "signed-out" });
      } else setTimeout(() => void ask(), retryMs);
    }
  }, []);
  const enter = useCallback(
    async (token: string): Promise<void> => {
      try {
        await signIn(token);
        forgetOutline();
        return location.reload();
      } catch (problem) {
        const isIn = await fetchSession().then(
          () => true,
          () => false,
        );
        if (!isIn) return setState({ kind: "signed-out", problem });
      }
      stream.wake();
      await ask();
    },
    [ask, stream],
  );

  useEffect(() => {
    const onHash = (): void => {
      const token = takeLaunchToken(location, history);
      if (token !== undefined) void enter(token);
    };
    const token = takeLaunchToken(location, history);
    void (token === undefined ? ask() : enter(token));
    addEventListener("hashchange", onHash);
    return () => removeEventListener("hashchange", onHash);
  }, [ask, enter]);
  useEffect(() => {
    if (status === "refused") void ask();
  }, [status, ask]);

  if (state.kind === "signed-in") return <PageFailure>{children(state.session)}</PageFailure>;
  if (state.kind === "signed-out") return <SignInPage problem={state.problem} enter={enter} />;
  return <div aria-busy="true" />;
}
