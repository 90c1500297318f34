import { type ReactElement, use, useState } from "react";
import { ImageLoader, type LoadImage } from "./image-loader.ts";
import { withMarks } from "./invisible.ts";
import { type ImageSource, imageSource } from "./link-target.ts";
import { visibleText } from "./visible-text.tsx";

interface MarkdownImageProps {
  readonly address: string;
  readonly alternative: string;
}

/** An image of the text: nothing is fetched or decoded before a click on a control that names the full host. */
export function MarkdownImage({ address, alternative }: MarkdownImageProps): ReactElement {
  const source = imageSource(address);
  const load = use(ImageLoader);
  if (source === undefined) return <span className="md-image-text">{visibleText(alternative || address)}</span>;
  if (source.type === "remote" && load === undefined) return <ImageLink source={source} alternative={alternative} />;
  return <ImageButton source={source} alternative={alternative} load={load} />;
}

interface ShownImage {
  readonly source: ImageSource;
  readonly alternative: string;
}

type ImageState = "offered" | "loading" | "failed" | { readonly shown: string };

function ImageButton({
  source,
  alternative,
  load,
}: ShownImage & { readonly load: LoadImage | undefined }): ReactElement {
  const [state, setState] = useState<ImageState>("offered");
  const show = (): void => {
    if (source.type === "inline") return setState({ shown: source.href });
    if (load === undefined) return;
    setState("loading");
    load(source.href).then(
      (address) => setState(isOwnAddress(address) ? { shown: address } : "failed"),
      () => setState("failed"),
    );
  };
  if (typeof state === "object") {
    return <img className="md-image" src={state.shown} alt={withMarks(alternative)} referrerPolicy="no-referrer" />;
  }
  return (
    <span className="md-image-box">
      {alternative !== "" && <span className="md-image-text">{visibleText(alternative)}</span>}
      {state === "failed" && <span className="md-image-note">The image could not be loaded. Its address is kept:</span>}
      {state === "failed" ? (
        <ImageAddress source={source} />
      ) : (
        <button
          type="button"
          className="md-image-button"
          aria-busy={state === "loading"}
          title={titleOf(source)}
          onClick={show}
        >
          {state === "loading" ? "Loading image…" : labelOf(source)}
        </button>
      )}
    </span>
  );
}

function ImageLink({ source, alternative }: ShownImage): ReactElement {
  return (
    <span className="md-image-box">
      {alternative !== "" && <span className="md-image-text">{visibleText(alternative)}</span>}
      <span className="md-image-note">Images cannot be loaded here:</span>
      <ImageAddress source={source} />
    </span>
  );
}

function ImageAddress({ source }: { readonly source: ImageSource }): ReactElement | null {
  if (source.type === "inline") return null;
  return (
    <a href={source.href} title={source.href} target="_blank" rel="noopener noreferrer">
      {source.host}
    </a>
  );
}

function labelOf(source: ImageSource): string {
  if (source.type === "remote") return `Load image from ${source.host}`;
  return `Show image (${source.format.toUpperCase()}, ${Math.ceil((source.href.length * 3) / 4 / 1000)} kB)`;
}

function titleOf(source: ImageSource): string | undefined {
  return source.type === "remote" ? source.href : undefined;
}

/** A loader that hands out a foreign address would undo the click's promise. */
function isOwnAddress(address: string): boolean {
  const url = URL.parse(address, location.href);
  return url !== null && url.origin === location.origin && /^(?:blob|https?):$/.test(url.protocol);
}
