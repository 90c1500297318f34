const inApp = "https://app.invalid";
const webSchemes = new Set(["http:", "https:", "mailto:"]);
const rasterImage = /^data:image\/(?:png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/=%]+$/;
const maxDataLength = 50_000;
const maxUrlLength = 8_000;

/** Where a link may lead. `host` is the ASCII form that a name server would be asked for. */
export type LinkTarget =
  | { readonly type: "web"; readonly href: string; readonly host: string; readonly hasCredentials: boolean }
  | { readonly type: "mail"; readonly href: string }
  | { readonly type: "app"; readonly href: string };

/**
 * Decides what a link's address may become. Only http, https, mailto and paths inside the app (beginning with one
 * slash or `#`) are links; anything else gives `undefined` and stays text. The address returned is the browser's own
 * canonical form, so that what is checked is what is followed.
 */
export function linkTarget(address: string): LinkTarget | undefined {
  if (address.length > maxUrlLength) return undefined;
  const absolute = parseUrl(address);
  if (absolute === undefined) return appTarget(address);
  if (!webSchemes.has(absolute.protocol)) return undefined;
  if (absolute.protocol === "mailto:") return { type: "mail", href: absolute.href };
  if (absolute.host === "") return undefined;
  const hasCredentials = absolute.username !== "" || absolute.password !== "";
  return { type: "web", href: absolute.href, host: absolute.host, hasCredentials };
}

/** What an image address may become: a remote address behind a click, or a small raster image that came in the text. */
export type ImageSource =
  | { readonly type: "remote"; readonly href: string; readonly host: string }
  | { readonly type: "inline"; readonly href: string; readonly format: string };

/** SVG is never an image here: it is a document. `undefined` means that only the alternative text is shown. */
export function imageSource(address: string): ImageSource | undefined {
  if (address.length <= maxDataLength && rasterImage.test(address)) {
    const format = address.slice("data:image/".length, address.indexOf(";"));
    return { type: "inline", href: address, format };
  }
  const target = linkTarget(address);
  if (target?.type !== "web") return undefined;
  return { type: "remote", href: target.href, host: target.host };
}

/** Whether Markdown may make a link or an image of this address at all; if not, its source is shown as it stands. */
export function isAllowedTarget(address: string): boolean {
  return linkTarget(address) !== undefined || imageSource(address) !== undefined || isPlainPath(address);
}

const writtenHost =
  /^(?:[a-z][a-z0-9+.-]*:)?(?:\/\/)?(?:[^\s/@]{0,200}@)?((?:[\p{L}\p{N}-]{1,63}\.){1,20}[\p{L}\p{N}-]{2,63})(?::\d+)?(?:[/?#]|$)/iu;

/** The host that a link's text claims to lead to, in its ASCII form, if the text looks like an address at all. */
export function hostInText(text: string): string | undefined {
  const host = writtenHost.exec(text.trim().slice(0, 2_000))?.[1];
  if (host === undefined) return undefined;
  return parseUrl(`https://${host}`)?.hostname ?? host;
}

function appTarget(address: string): LinkTarget | undefined {
  if (!/^[/#]/.test(address)) return undefined;
  const resolved = parseUrl(address, inApp);
  if (resolved === undefined || resolved.origin !== inApp) return undefined;
  // "/.//host" resolves to the path "//host", which a browser would read as another host.
  if (resolved.pathname.startsWith("//")) return undefined;
  if (address.startsWith("#")) return { type: "app", href: resolved.hash };
  return { type: "app", href: resolved.pathname + resolved.search + resolved.hash };
}

/** A file name such as `src/main.ts`: shown as text, but not worth showing its Markdown source. */
function isPlainPath(address: string): boolean {
  return address.length <= maxUrlLength && /^[\w.-][\w./%~-]*(?:[?#][^\s]*)?$/.test(address);
}

function parseUrl(address: string, base?: string): URL | undefined {
  return URL.parse(address, base) ?? undefined;
}
