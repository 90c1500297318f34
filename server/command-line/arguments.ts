import { parseArgs } from "node:util";

/** What `folio [FOLDER]` was asked to do; what is absent comes from the environment or the defaults. */
export interface StartArguments {
  readonly folder?: string;
  /** Digits, 0 to 65535; the environment's twin is text too. */
  readonly port?: string;
  readonly host?: string;
  readonly openBrowser: boolean;
}

export type Command =
  | { readonly type: "start"; readonly start: StartArguments }
  /** One of `commandNames`, with the words after it. */
  | { readonly type: "command"; readonly name: string; readonly args: readonly string[] }
  | { readonly type: "help" }
  | { readonly type: "version" }
  | { readonly type: "mistake"; readonly message: string };

/** Reads the words after `folio`. A folder named like a command is written `./log`. */
export function readArguments(args: readonly string[], commandNames: readonly string[]): Command {
  const [first, ...rest] = args;
  if (first !== undefined && commandNames.includes(first)) return { type: "command", name: first, args: rest };
  try {
    return readStart(args);
  } catch (error) {
    return { type: "mistake", message: error instanceof Error ? error.message : String(error) };
  }
}

function readStart(args: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      port: { type: "string" },
      host: { type: "string" },
      "no-open": { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
      version: { type: "boolean", short: "v", default: false },
    },
  });
  if (values.help) return { type: "help" };
  if (values.version) return { type: "version" };
  const [folder, ...more] = positionals;
  if (more.length > 0) return mistake(`One folder at a time: "${folder}" and then "${more[0]}" were given.`);
  if (folder === "") return mistake("The folder's name is empty.");
  if (values.port !== undefined && !isPort(values.port)) {
    return mistake(`--port takes a number from 0 to 65535; "${values.port}" is not one.`);
  }
  return {
    type: "start",
    start: {
      ...(folder !== undefined && { folder }),
      ...(values.port !== undefined && { port: values.port }),
      ...(values.host !== undefined && { host: values.host }),
      openBrowser: !values["no-open"],
    },
  };
}

function isPort(written: string): boolean {
  return /^\d{1,5}$/.test(written) && Number(written) <= 65_535;
}

function mistake(message: string): Command {
  return { type: "mistake", message };
}
