/** The real import graph, read from the sources with the bundler's own parser: types and dynamic imports included. */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { type ESTree, parseSync, Visitor } from "vite";

export interface Import {
  /** A path from the project's root for a module of ours, else the specifier as written. */
  readonly target: string;
  /** `type` is erased; `program` is `new URL("./x.ts", import.meta.url)`, run elsewhere. */
  readonly kind: "value" | "type" | "program";
}

export interface FunctionSize {
  readonly name: string;
  readonly line: number;
  readonly lines: number;
}

export interface Module {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** Import statements, as the budget counts them. */
  readonly importStatements: number;
  readonly functions: readonly FunctionSize[];
  readonly readsEnvironment: boolean;
}

const sourceFolders = ["server", "shared", "web", "tests", "bench", "scripts"] as const;

/** All TypeScript modules below the source folders of `root`. */
export function readModules(root: string): Module[] {
  return sourceFolders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => readModule(relative(root, path).replaceAll(sep, "/"), readFileSync(path, "utf8"))),
  );
}

/** @throws when the source cannot be parsed: a module that is not seen would pass every rule. */
export function readModule(path: string, source: string): Module {
  const { program, errors } = parseSync(path, source, { range: true });
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const seen = visit(program, lineCounter(source));
  const resolved = seen.imports.map(({ target, kind }) => ({ target: resolve(path, target), kind }));
  return { path, lines: source.split("\n").length - 1, ...seen, imports: resolved };
}

type Seen = Omit<Module, "path" | "lines">;

function visit(program: ESTree.Program, lineAt: (offset: number) => number): Seen {
  const imports: Import[] = [];
  const functions: FunctionSize[] = [];
  const names = new Map<number, string>();
  let importStatements = 0;
  let readsEnvironment = false;
  const measure = (node: ESTree.Function | ESTree.ArrowFunctionExpression): void => {
    const name = ("id" in node ? node.id?.name : undefined) ?? names.get(node.start) ?? "(anonymous)";
    const line = lineAt(node.start);
    functions.push({ name, line, lines: lineAt(node.end) - line + 1 });
  };
  const add = (source: ESTree.Node | null, kind: Import["kind"]): void => {
    const target = source === null ? undefined : textOf(source);
    if (target !== undefined) imports.push({ target, kind });
  };
  new Visitor({
    ImportDeclaration(node) {
      importStatements += 1;
      add(node.source, node.importKind === "type" ? "type" : "value");
    },
    ExportNamedDeclaration: (node) => add(node.source, node.exportKind === "type" ? "type" : "value"),
    ExportAllDeclaration: (node) => add(node.source, node.exportKind === "type" ? "type" : "value"),
    ImportExpression: (node) => add(node.source, "value"),
    TSImportType: (node) => add(node.source, "type"),
    NewExpression(node) {
      const [target, base] = node.arguments;
      if (isNamed(node.callee, "URL") && target !== undefined && base?.type === "MemberExpression")
        add(target, "program");
    },
    MemberExpression(node) {
      if (propertyName(node) === "env" && isProcess(node.object)) readsEnvironment = true;
    },
    VariableDeclarator(node) {
      if (node.init !== null && node.id.type === "Identifier") names.set(node.init.start, node.id.name);
      if (node.init !== null && node.id.type === "ObjectPattern" && isProcess(node.init)) {
        readsEnvironment ||= node.id.properties.some((each) => each.type === "Property" && isNamed(each.key, "env"));
      }
    },
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
  }).visit(program);
  return { imports, importStatements, functions, readsEnvironment };
}

function textOf(node: ESTree.Node): string | undefined {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type === "TSLiteralType") return textOf(node.literal);
  return undefined;
}

function isNamed(node: ESTree.Node, name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}

function isProcess(node: ESTree.Node): boolean {
  return isNamed(node, "process") || (node.type === "MemberExpression" && propertyName(node) === "process");
}

function propertyName(node: ESTree.MemberExpression): string | undefined {
  if (node.property.type === "Identifier" && !node.computed) return node.property.name;
  return textOf(node.property);
}

function resolve(from: string, specifier: string): string {
  const [path = specifier] = specifier.split("?");
  return path.startsWith(".") ? posix.join(posix.dirname(from), path) : specifier;
}

function lineCounter(source: string): (offset: number) => number {
  const starts = [0];
  for (let at = source.indexOf("\n"); at !== -1; at = source.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
