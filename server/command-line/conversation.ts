/** `conversation parse FILE… --json`, `conversation write [--json]`, `conversation merge` and `unused`: the file format for scripts and for git. */
import { conversationFromJson, conversationToJson } from "../../shared/chat-format/conversation-json.ts";
import { parseConversation, writeConversation } from "../../shared/chat-format/parse-conversation.ts";
import type { CommandInput } from "./command-input.ts";
import { mergeConversation } from "./merge-conversation.ts";
import { unusedFiles } from "./unused-files.ts";

type FormatInput = Pick<CommandInput, "stdin" | "stdout" | "stderr" | "readFile" | "writeFile">;

const USAGE = `Usage:
  conversation parse FILE… --json    one JSON object a line for each file
  conversation write                 one JSON object from standard input, the file's bytes to standard output
  conversation write --json          many, one a line; prints {"file":…,"text":…} for each
  conversation merge BASE OURS THEIRS
                                     merge driver for git: unites both sides by message, writes OURS
  conversation unused [FOLDER] [--trash]
                                     long texts in .files folders that no conversation names any more
`;
const OK = 0;
const HAS_PROBLEMS = 1;
const FAILED = 2;

/** Runs one command; gives the exit code: 0, 1 when a file has problems, 2 when something could not be read. */
export async function conversationCommand(args: readonly string[], io: CommandInput): Promise<number> {
  const [command, ...rest] = args;
  if (command === "unused") return unusedFiles(rest, io);
  if (command === "merge") return mergeConversation(rest, io);
  const names = rest.filter((argument) => argument !== "--json");
  const isJson = names.length < rest.length;
  const hasUnknownOption = names.some((name) => name.startsWith("--"));
  if (command === "parse" && isJson && names.length > 0 && !hasUnknownOption) return parseFiles(names, io);
  if (command === "write" && names.length === 0) return isJson ? writeMany(io) : writeOne(io);
  io.stderr(USAGE);
  return FAILED;
}

async function parseFiles(files: readonly string[], io: FormatInput): Promise<number> {
  let code = OK;
  for (const file of files) {
    try {
      const conversation = parseConversation(await io.readFile(file));
      io.stdout(`${JSON.stringify(conversationToJson(file, conversation))}\n`);
      if (conversation.problems.length > 0) code = Math.max(code, HAS_PROBLEMS);
    } catch (error) {
      io.stderr(`${file} cannot be read: ${reasonOf(error)}\n`);
      code = FAILED;
    }
  }
  return code;
}

async function writeOne(io: FormatInput): Promise<number> {
  const lines = await readLines(io.stdin);
  const [only] = lines;
  if (only === undefined || lines.length > 1) {
    io.stderr(`Expected one JSON object on standard input, found ${lines.length}. Use --json for many.\n`);
    return FAILED;
  }
  return writeLine(only, io, (_file, bytes) => io.stdout(bytes));
}

async function writeMany(io: FormatInput): Promise<number> {
  let code = OK;
  for (const line of await readLines(io.stdin)) {
    const lineCode = writeLine(line, io, (file, bytes) => {
      const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
      io.stdout(`${JSON.stringify({ file, text })}\n`);
    });
    code = Math.max(code, lineCode);
  }
  return code;
}

interface InputLine {
  readonly number: number;
  readonly json: string;
}

function writeLine(line: InputLine, io: FormatInput, print: (file: string, bytes: Uint8Array) => void): number {
  try {
    const { file, conversation } = conversationFromJson(JSON.parse(line.json));
    print(file, writeConversation(conversation));
    return OK;
  } catch (error) {
    io.stderr(`Line ${line.number} of standard input is not a conversation: ${reasonOf(error)}\n`);
    return FAILED;
  }
}

async function readLines(stdin: AsyncIterable<Uint8Array>): Promise<InputLine[]> {
  const decoder = new TextDecoder("utf-8");
  let text = "";
  for await (const chunk of stdin) text += decoder.decode(chunk, { stream: true });
  return (text + decoder.decode())
    .split("\n")
    .map((json, index) => ({ number: index + 1, json }))
    .filter(({ json }) => json.trim() !== "");
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
