import { Component, type ErrorInfo, type ReactNode } from "react";
import { PageState } from "./page-state.tsx";

const words = {
  failedTitle: "This page could not be drawn.",
  failedText: "Nothing was lost: your files are as they were, and what you have written is kept in this browser.",
  reload: "Load again",
};

/** Catches what drawing throws, so that an error is a sentence and not an empty window. */
export class PageFailure extends Component<{ readonly children: ReactNode }, { readonly error?: unknown }> {
  override state: { readonly error?: unknown } = {};

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    reportError(new Error(`drawing failed${info.componentStack ?? ""}`, { cause: error }));
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return (
      <PageState title={words.failedTitle} text={words.failedText}>
        <button type="button" className="button button-main" onClick={() => location.reload()}>
          {words.reload}
        </button>
      </PageState>
    );
  }
}
