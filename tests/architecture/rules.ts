/** The rules of docs/architecture.md. Each takes the modules and names what breaks it. */
import type { Import, Module } from "./module-graph.ts";

export interface Violation {
  readonly rule: RuleName;
  /** The module that breaks it. */
  readonly path: string;
  readonly what: string;
}

type Rule = (modules: readonly Module[]) => readonly Omit<Violation, "rule">[];

export const rules = {
  "shared knows only Zod": sharedKnowsOnlyZod,
  "the sides never meet": eachImport(
    (from, to) => crosses(from, to, "web", "server") || crosses(from, to, "server", "web"),
  ),
  "a layer knows what is below it": eachImport(isUpward),
  "features are strangers": eachImport((from, to) => {
    const [here, there] = [placeOf(from), placeOf(to)];
    return here.layer === "feature" && there.layer === "feature" && here.feature !== there.feature;
  }),
  "ui stands alone": eachImport((from, to) => from.startsWith("web/ui/") && isOurs(to) && !to.startsWith("web/ui/")),
  "nothing imports tests, benches or scripts": eachImport(
    (from, to) => isProduct(from) && !isTest(from) && (isTest(to) || /^(bench|scripts)\//.test(to)),
  ),
  "one place touches the machine": machineStaysBelow,
  "one place reads the environment": (modules) =>
    modules
      .filter(({ path, readsEnvironment, imports }) => {
        const importsProcess = imports.some(({ target }) => target === "node:process" || target === "process");
        return isProduct(path) && !isTest(path) && path !== "server/config.ts" && (readsEnvironment || importsProcess);
      })
      .map(({ path }) => ({ path, what: "process.env" })),
  "the browser takes only types from schemas": browserStaysLight,
  "no cycles": noCycles,
  "no barrels, no drawers": (modules) =>
    modules
      .filter(({ path }) =>
        /(^|\/)(index|utils?|helpers?|common|misc)(\.test)?\.tsx?$|\/(utils?|helpers?)\//.test(path),
      )
      .map(({ path }) => ({ path, what: "a name that says nothing" })),
  "a file has at most 300 lines": (modules) =>
    modules.filter(({ lines }) => lines > 300).map(({ path, lines }) => ({ path, what: `${lines} lines` })),
  "a function has at most 60 lines, a component 100": longFunctions,
  "a file has at most 15 imports": (modules) =>
    modules
      .filter(({ importStatements }) => importStatements > 15)
      .map(({ path, importStatements }) => ({ path, what: `${importStatements} imports` })),
} satisfies Record<string, Rule>;

export type RuleName = keyof typeof rules;

export function findViolations(modules: readonly Module[]): Violation[] {
  return Object.entries<Rule>(rules).flatMap(([name, rule]) =>
    rule(modules).map((violation) => ({ rule: name as RuleName, ...violation })),
  );
}

/** A `-rig.ts` beside the code is what several tests there are set up with. */
export function isTest(path: string): boolean {
  return path.startsWith("tests/") || /(\.test|-rig)\.tsx?$/.test(path);
}

function isProduct(path: string): boolean {
  return /^(server|shared|web)\//.test(path);
}

function isOurs(target: string): boolean {
  return /^(server|shared|web|tests|bench|scripts)\//.test(target) && !/\.(css|svg|woff2|json)$/.test(target);
}

interface Place {
  readonly layer: "shared" | "ui" | "platform" | "feature" | "entry" | "outside";
  readonly feature?: string;
}

/** `server/chat/…` is the feature `server/chat`; a file right in `server/`, a command and a page are entries. */
function placeOf(path: string): Place {
  const [side = "", folder = "", ...rest] = path.split("/");
  if (side === "shared") return { layer: "shared" };
  if (side !== "server" && side !== "web") return { layer: "outside" };
  if (rest.length === 0) return { layer: "entry" };
  if (folder === "command-line" || folder === "pages") return { layer: "entry" };
  if (folder === "platform" || (side === "web" && folder === "ui"))
    return { layer: folder === "ui" ? "ui" : "platform" };
  return { layer: "feature", feature: `${side}/${folder}` };
}

function isUpward(from: string, to: string): boolean {
  const height = { shared: 0, ui: 1, platform: 1, feature: 2, entry: 3, outside: 4 };
  return isProduct(from) && isOurs(to) && !isTest(from) && height[placeOf(to).layer] > height[placeOf(from).layer];
}

function crosses(from: string, to: string, side: string, other: string): boolean {
  return from.startsWith(`${side}/`) && to.startsWith(`${other}/`);
}

function eachImport(isForbidden: (from: string, to: string, each: Import) => boolean): Rule {
  return (modules) =>
    modules.flatMap(({ path, imports }) =>
      imports.filter((each) => isForbidden(path, each.target, each)).map(({ target }) => ({ path, what: target })),
    );
}

function sharedKnowsOnlyZod(modules: readonly Module[]): readonly Omit<Violation, "rule">[] {
  return eachImport(
    (from, to) => from.startsWith("shared/") && !isTest(from) && to !== "zod" && !to.startsWith("shared/"),
  )(modules);
}

/** Which modules of Node each place may use as values; a type touches nothing. */
const machine: readonly { readonly module: RegExp; readonly allowed: RegExp }[] = [
  { module: /^(node:)?fs(\/promises)?$/, allowed: /^server\/platform\// },
  { module: /^(node:)?sqlite$/, allowed: /^server\/platform\/index\// },
  { module: /^(node:)?(child_process|cluster|worker_threads)$/, allowed: /^server\/platform\/spawn\.ts$/ },
  { module: /^(node:)?(https?|http2|tls|dgram|dns)$|^undici$/, allowed: /^server\/platform\/egress\.ts$/ },
  { module: /^(node:)?net$/, allowed: /^server\/platform\// },
  { module: /^@hono\/node-server$/, allowed: /^server\/platform\/http\// },
];

function machineStaysBelow(modules: readonly Module[]): readonly Omit<Violation, "rule">[] {
  return eachImport((from, to, { kind }) => {
    const entry = machine.find(({ module }) => module.test(to));
    return isProduct(from) && !isTest(from) && kind === "value" && entry !== undefined && !entry.allowed.test(from);
  })(modules);
}

/** The whole of Zod is 91 kB on the wire: the page's modules may reach it through erased imports only. */
function browserStaysLight(modules: readonly Module[]): readonly Omit<Violation, "rule">[] {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const reachesZod = (path: string, seen: Set<string>): boolean => {
    if (seen.has(path)) return false;
    seen.add(path);
    const values = byPath.get(path)?.imports.filter(({ kind }) => kind === "value") ?? [];
    return values.some(({ target }) => target === "zod" || reachesZod(target, seen));
  };
  return eachImport((from, to, { kind }) => {
    const isInBrowser = from.startsWith("web/") && !isTest(from) && kind === "value";
    return isInBrowser && (to === "zod" || (to.startsWith("shared/") && reachesZod(to, new Set())));
  })(modules);
}

function noCycles(modules: readonly Module[]): readonly Omit<Violation, "rule">[] {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const done = new Set<string>();
  const cycles = new Map<string, string>();
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      const cycle = trail.slice(trail.indexOf(path));
      const first = cycle.toSorted()[0] ?? path;
      const turned = [...cycle.slice(cycle.indexOf(first)), ...cycle.slice(0, cycle.indexOf(first)), first];
      cycles.set(turned.join(" → "), first);
      return;
    }
    if (done.has(path)) return;
    const imports = byPath.get(path)?.imports.filter(({ kind }) => kind !== "program") ?? [];
    for (const { target } of imports) walk(target, [...trail, path]);
    done.add(path);
  };
  for (const { path } of modules) walk(path, []);
  return [...cycles].map(([what, path]) => ({ path, what }));
}

function longFunctions(modules: readonly Module[]): readonly Omit<Violation, "rule">[] {
  return modules
    .filter(({ path }) => !isTest(path))
    .flatMap(({ path, functions }) =>
      functions
        .filter(({ name, lines }) => lines > (path.endsWith(".tsx") && /^[A-Z]/.test(name) ? 100 : 60))
        .map(({ name, line, lines }) => ({ path, what: `${name} at line ${line} has ${lines} lines` })),
    );
}
