import type { ReactElement, ReactNode } from "react";
import { withMarks } from "./invisible.ts";
import { hostInText, type LinkTarget, linkTarget } from "./link-target.ts";

interface MarkdownLinkProps {
  readonly address: string;
  /** The link's text without markup, to see whether it claims another address. */
  readonly text: string;
  readonly children?: ReactNode;
}

/**
 * A link of the text. An address that is not allowed stays text; where a link's text or host may mislead, the host that
 * it really leads to stands behind it.
 */
export function MarkdownLink({ address, text, children }: MarkdownLinkProps): ReactElement {
  const target = linkTarget(address);
  const content = text.trim() === "" ? withMarks(address) : children;
  if (target === undefined) return <span title={withMarks(address)}>{content}</span>;
  const host = misleadingHost(target, text);
  const place = target.type === "app" && target.href.startsWith("#") ? undefined : "_blank";
  return (
    <>
      <a href={target.href} title={target.href} data-address={target.href} target={place} rel="noopener noreferrer">
        {content}
      </a>
      {host !== undefined && (
        <span className="md-host" dir="ltr">
          {host}
        </span>
      )}
    </>
  );
}

/** The host to show when it is written with foreign letters, hides behind credentials, or is not the one in the text. */
export function misleadingHost(target: LinkTarget, text: string): string | undefined {
  if (target.type !== "web") return undefined;
  const isForeign = target.host.split(".").some((label) => label.startsWith("xn--"));
  const claimed = hostInText(text);
  const isOther = claimed !== undefined && claimed !== target.host.replace(/:\d+$/, "");
  return isForeign || isOther || target.hasCredentials ? target.host : undefined;
}
