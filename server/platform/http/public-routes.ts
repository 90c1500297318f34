/** Every route that answers without a session; all others are refused first. A test walks the routes of the app. */
export const publicRoutes: readonly { readonly method: string; readonly path: RegExp; readonly why: string }[] = [
  { method: "GET", path: /^\/api\/health$/, why: "a health check tells only that the process lives" },
  { method: "POST", path: /^\/api\/session$/, why: "the place where a launch token becomes a session" },
  { method: "GET", path: /^\/assets\/[\w./-]+$/, why: "fixed files of the build, the same for everybody" },
];

/** Whether a request is answered without a session. HEAD counts as GET. */
export function isPublic(method: string, path: string): boolean {
  const asked = method === "HEAD" ? "GET" : method;
  return publicRoutes.some((route) => route.method === asked && route.path.test(path));
}
