import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import type { LogLevel } from "./platform/logger.ts";
import type { ProxySettings } from "./platform/proxy.ts";

export interface Setting {
  readonly name: string;
  readonly description: string;
  /** As the documentation shows it. */
  readonly fallback: string;
}

/** Every setting of the environment; `docs/configuration.md` and `.env.example` are made from this list. */
export const settings: readonly Setting[] = [
  { name: "OPENAI_API_KEY", description: "Key of the provider that comes from the environment.", fallback: "none" },
  {
    name: "OPENAI_BASE_URL",
    description: "Base URL of that provider; any server that speaks the OpenAI API.",
    fallback: "https://api.openai.com/v1",
  },
  {
    name: "FOLIO_PORT",
    description: "Port to listen on; 0 takes a free one. A taken default port moves to the next free one.",
    fallback: "4747",
  },
  {
    name: "FOLIO_HOST",
    description: "Address to listen on. Only loopback addresses, until there are accounts.",
    fallback: "127.0.0.1",
  },
  {
    name: "FOLIO_ALLOWED_HOSTS",
    description: "More Host values to answer to, comma-separated, with port: for a proxy on this computer.",
    fallback: "none",
  },
  {
    name: "FOLIO_DATA_DIR",
    description: "Folio's own data: index, journal, saved keys (encrypted), trash. Never in the workspace.",
    fallback: "$XDG_DATA_HOME/folio or ~/.local/share/folio",
  },
  {
    name: "FOLIO_CONFIG_DIR",
    description: "Where the key lies that the saved keys are encrypted with.",
    fallback: "$XDG_CONFIG_HOME/folio or ~/.config/folio",
  },
  {
    name: "FOLIO_LOCAL_SERVERS",
    description: "Where to look for model servers on this computer, comma-separated host:port.",
    fallback: "127.0.0.1:11434,127.0.0.1:1234,127.0.0.1:8080",
  },
  {
    name: "FOLIO_LOCAL_MODEL_DIR",
    description: "Where `npm run local-model` puts the small local model.",
    fallback: ".cache/local-model in the program's folder",
  },
  {
    name: "FOLIO_CONTEXT_CHARACTERS",
    description: "How much of a long conversation is sent to the model, in characters, newest first.",
    fallback: "800000",
  },
  {
    name: "FOLIO_MODEL_TITLES",
    description: "on or off: whether the model that gave the first answer is asked for a short title too.",
    fallback: "on",
  },
  {
    name: "FOLIO_IDLE_SECONDS",
    description: "How long a model may be silent in the middle of an answer before it counts as stalled.",
    fallback: "120",
  },
  {
    name: "HTTPS_PROXY",
    description:
      "Proxy for https requests to providers; or https_proxy. This computer, private networks and http are reached without it.",
    fallback: "none",
  },
  {
    name: "NO_PROXY",
    description:
      "Hosts that are reached without the proxy, comma-separated: example.com (and all below it), host:port, *.",
    fallback: "none",
  },
  {
    name: "FOLIO_LOG_LEVEL",
    description: "silent, error, info or debug; to the terminal. Texts of messages are never logged.",
    fallback: "error",
  },
];

export interface ProviderSource {
  readonly where: "environment" | ".env";
  readonly apiKey: string | undefined;
  readonly baseUrl: string | undefined;
}

export interface Config {
  readonly folder: string;
  readonly host: string;
  readonly port: number;
  /** A port that was asked for is kept or the start fails; the default one may move. */
  readonly isPortFixed: boolean;
  readonly allowedHosts: readonly string[];
  readonly dataDirectory: string;
  readonly configDirectory: string;
  readonly providerSources: readonly ProviderSource[];
  readonly localServers: readonly string[];
  readonly proxy: ProxySettings | undefined;
  readonly localModelDirectory: string;
  readonly contextCharacters: number;
  readonly hasModelTitles: boolean;
  readonly idleMs: number;
  readonly logLevel: LogLevel;
  /** What a program that opens the browser needs of the environment; undefined where there is no desktop to open it on. */
  readonly desktop: Readonly<Record<string, string>> | undefined;
}

export interface StartOptions {
  readonly folder?: string | undefined;
  readonly port?: string | undefined;
  readonly host?: string | undefined;
}

/** Thrown when a value does not fit: the start ends with the whole list. */
export class ConfigProblem extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "ConfigProblem";
    this.problems = problems;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The only reader of the environment. A `.env` beside the program's start is read too; the environment wins. */
export function readConfig(
  options: StartOptions,
  programFolder: string,
  environment: Environment = process.env,
): Config {
  const fromFile = readEnvFile(resolve(".env"));
  const value = (name: string): string | undefined => nonEmpty(environment[name]) ?? nonEmpty(fromFile[name]);
  const problems: string[] = [];
  const port = options.port ?? value("FOLIO_PORT");
  const home = homedir();
  const host = options.host ?? value("FOLIO_HOST") ?? "127.0.0.1";
  if (!isLoopback(host)) {
    problems.push(
      `FOLIO_HOST is ${host}: Folio has no accounts yet, so it listens on this computer only (127.0.0.1 or ::1).`,
    );
  }
  const logLevel = value("FOLIO_LOG_LEVEL") ?? "error";
  if (!isLogLevel(logLevel)) problems.push(`FOLIO_LOG_LEVEL is ${logLevel}: silent, error, info and debug are known.`);
  const modelTitles = value("FOLIO_MODEL_TITLES") ?? "on";
  if (modelTitles !== "on" && modelTitles !== "off") {
    problems.push(`FOLIO_MODEL_TITLES is ${modelTitles}: on and off are known.`);
  }
  const config: Config = {
    folder: resolve(options.folder ?? join(home, "Folio")),
    host,
    port: wholeNumber("FOLIO_PORT", port, 4747, 65_535, problems),
    isPortFixed: port !== undefined,
    allowedHosts: list(value("FOLIO_ALLOWED_HOSTS")),
    dataDirectory: resolve(
      value("FOLIO_DATA_DIR") ?? join(value("XDG_DATA_HOME") ?? join(home, ".local", "share"), "folio"),
    ),
    configDirectory: resolve(
      value("FOLIO_CONFIG_DIR") ?? join(value("XDG_CONFIG_HOME") ?? join(home, ".config"), "folio"),
    ),
    providerSources: [
      {
        where: "environment",
        apiKey: nonEmpty(environment["OPENAI_API_KEY"]),
        baseUrl: nonEmpty(environment["OPENAI_BASE_URL"]),
      },
      { where: ".env", apiKey: nonEmpty(fromFile["OPENAI_API_KEY"]), baseUrl: nonEmpty(fromFile["OPENAI_BASE_URL"]) },
    ],
    localServers: localServers(value("FOLIO_LOCAL_SERVERS"), problems),
    proxy: proxyOf(value, problems),
    localModelDirectory: resolve(value("FOLIO_LOCAL_MODEL_DIR") ?? join(programFolder, ".cache", "local-model")),
    contextCharacters: wholeNumber(
      "FOLIO_CONTEXT_CHARACTERS",
      value("FOLIO_CONTEXT_CHARACTERS"),
      800_000,
      1e9,
      problems,
    ),
    hasModelTitles: modelTitles === "on",
    idleMs: wholeNumber("FOLIO_IDLE_SECONDS", value("FOLIO_IDLE_SECONDS"), 120, 86_400, problems) * 1000,
    logLevel: isLogLevel(logLevel) ? logLevel : "error",
    desktop: desktopOf(environment),
  };
  if (problems.length > 0) throw new ConfigProblem(problems);
  return Object.freeze(config);
}

const desktopNames = [
  "PATH",
  "HOME",
  "DISPLAY",
  "WAYLAND_DISPLAY",
  "XAUTHORITY",
  "XDG_RUNTIME_DIR",
  "XDG_CURRENT_DESKTOP",
  "DBUS_SESSION_BUS_ADDRESS",
];

function desktopOf(environment: Environment): Record<string, string> | undefined {
  const hasScreen = environment["DISPLAY"] !== undefined || environment["WAYLAND_DISPLAY"] !== undefined;
  if (process.platform === "linux" && !hasScreen) return undefined;
  const given = desktopNames.flatMap((name) =>
    environment[name] === undefined ? [] : [[name, environment[name]] as const],
  );
  return Object.fromEntries(given);
}

function readEnvFile(path: string): Environment {
  try {
    return parseEnv(readFileSync(path, "utf8"));
  } catch {
    return {};
  }
}

function nonEmpty(value: string | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === "" ? undefined : trimmed;
}

function list(value: string | undefined): string[] {
  return (value ?? "").split(",").flatMap((item) => nonEmpty(item) ?? []);
}

function localServers(value: string | undefined, problems: string[]): string[] {
  const servers = value === undefined ? ["127.0.0.1:11434", "127.0.0.1:1234", "127.0.0.1:8080"] : list(value);
  for (const server of servers) {
    const port = Number(server.slice(server.lastIndexOf(":") + 1));
    if (!/^(\[[0-9a-fA-F:]+\]|[\w.-]+):\d{1,5}$/.test(server) || port < 1 || port > 65_535)
      problems.push(`FOLIO_LOCAL_SERVERS has ${server}: host:port is meant.`);
  }
  return servers;
}

/** As other programs read it: the name in small letters first. */
function proxyOf(value: (name: string) => string | undefined, problems: string[]): ProxySettings | undefined {
  const url = value("https_proxy") ?? value("HTTPS_PROXY");
  if (url === undefined) return undefined;
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? "")) {
    problems.push("HTTPS_PROXY is not an address that begins with http:// or https://.");
  }
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major === 24 && minor < 5) problems.push("HTTPS_PROXY needs Node 24.5 or later.");
  return { url, except: (value("no_proxy") ?? value("NO_PROXY") ?? "").split(/[\s,]+/).filter(Boolean) };
}

function wholeNumber(
  name: string,
  value: string | undefined,
  fallback: number,
  maximum: number,
  problems: string[],
): number {
  if (value === undefined) return fallback;
  const number = Number(value);
  if (/^\d+$/.test(value) && number <= maximum) return number;
  problems.push(`${name} is ${value}: a whole number from 0 to ${maximum} is meant.`);
  return fallback;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/.test(host);
}

function isLogLevel(value: string): value is LogLevel {
  return value === "silent" || value === "error" || value === "info" || value === "debug";
}
