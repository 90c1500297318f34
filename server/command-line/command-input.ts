/** What a command gets from the process it runs in. */
export interface CommandInput {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: (text: string | Uint8Array) => void;
  readonly stderr: (text: string) => void;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** Replaces a file that is named on the command line, wherever it lies. */
  readonly writeFile: (path: string, bytes: Uint8Array) => Promise<unknown>;
  readonly isFolder: (path: string) => Promise<boolean>;
  /** Where package.json lies. */
  readonly programFolder: string;
}

/** Runs one command with the words after its name; gives the exit code. */
export type RunCommand = (args: readonly string[], io: CommandInput) => Promise<number>;

/** 0, a finding that a script should hear of, and what could not be done. */
export const exitCodes = { ok: 0, problems: 1, failed: 2 } as const;
