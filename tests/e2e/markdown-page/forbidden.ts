/** What a test drives from outside: one place that streams, one that gets a text whole. */
export interface MarkdownPage {
  show(place: "streamed" | "whole", text: string, isStreaming: boolean, variant?: "answer" | "question"): void;
  clear(): void;
  /** Milliseconds until a whole text is laid out and painted. */
  timeWhole(text: string): Promise<number>;
  /** Milliseconds of main thread for each piece of a text shown in turn, layout included. */
  timeStream(text: string, pieceLength: number): Promise<readonly number[]>;
}

/** What the test finds on the page's global object. */
export interface MarkdownProbe {
  readonly markdownPage: MarkdownPage;
  readonly findForbidden: (root: Document) => string[];
}

/** Everything in the two places of the page that could run, fetch or submit. It runs inside the page. */
export function findForbidden(root: Document): string[] {
  const elements =
    "iframe,frame,object,embed,form,style,link,meta,base,script,img,video,audio,source,picture,track,template,portal,image,use,animate,foreignObject,dialog,textarea,select";
  const found: string[] = [];
  for (const element of root.querySelectorAll("main *")) {
    if (element.matches(elements)) found.push(`element ${element.tagName}`);
    for (const { name, value } of element.attributes) {
      if (/^on|^(?:src|srcset|srcdoc|ping|action|formaction|background|poster|xlink:href|id|name)$/i.test(name))
        found.push(`attribute ${name}`);
      if (name === "style" && /url|expression|import/i.test(value)) found.push(`style ${value}`);
      if (name !== "href") continue;
      const isAnchor = element.tagName === "A" && element.getAttribute("rel") === "noopener noreferrer";
      const isOwn = /^(?:\/(?!\/)|#)/.test(value) && new URL(value, location.href).origin === location.origin;
      if (!isAnchor || !(isOwn || /^(?:https?:\/\/|mailto:)/.test(value))) found.push(`href ${value}`);
    }
  }
  for (const link of root.querySelectorAll("link")) {
    if (new URL(link.href).origin !== location.origin) found.push(`link ${link.href}`);
  }
  return found;
}
