export type LogLevel = "silent" | "error" | "info" | "debug";

export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Logger {
  error(message: string, facts?: LogFacts): void;
  info(message: string, facts?: LogFacts): void;
  debug(message: string, facts?: LogFacts): void;
}

const ranks = { silent: 0, error: 1, info: 2, debug: 3 } as const;

/** One line an entry, to stderr. What comes from outside is cut at 1 kB and escaped; messages' texts are never logged. */
export function createLogger(level: LogLevel, write: (line: string) => void): Logger {
  const log =
    (name: Exclude<LogLevel, "silent">) =>
    (message: string, facts: LogFacts = {}): void => {
      if (ranks[name] > ranks[level]) return;
      const pairs = Object.entries(facts).flatMap(([key, value]) =>
        value === undefined ? [] : [`${key}=${quote(value)}`],
      );
      write(`${new Date().toISOString()} ${name} ${[message, ...pairs].join(" ")}\n`);
    };
  return { error: log("error"), info: log("info"), debug: log("debug") };
}

function quote(value: string | number | boolean): string {
  if (typeof value !== "string") return String(value);
  const cut = value.length > 1000 ? `${value.slice(0, 1000)}…` : value;
  return /^[\w./:@+-]+$/.test(cut)
    ? cut
    : JSON.stringify(cut).replace(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, escapeUnit);
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
