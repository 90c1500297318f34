import { type CommandInput, exitCodes } from "./command-input.ts";
import { printable } from "./terminal-text.ts";

/** What a person did wrong on the command line; the message says what. */
export class UsageProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageProblem";
  }
}

/** Runs `work`; what it throws is told in a line, never as a stack, and gives exit code 2. */
export async function reportFailure(io: CommandInput, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    io.stderr(`${printable(reasonOf(error))}\n`);
    return exitCodes.failed;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const detail = "detail" in error && typeof error.detail === "string" ? ` ${error.detail}` : "";
  return `${error.message}${detail}`;
}
