/** `documents lint FOLDER`: what is wrong with documents that were made from templates or by models. */
import { decodeText } from "../../shared/chat-format/bytes.ts";
import { lintDocument } from "../../shared/codex-format/documents/lint-document.ts";
import { listDocuments } from "../documents/list-documents.ts";
import type { DocumentStore } from "../platform/store/document-store.ts";
import { type CommandInput, exitCodes } from "./command-input.ts";
import { folderCommand } from "./folder-command.ts";
import { aligned, printable, shortened } from "./terminal-text.ts";

const USAGE = `Usage:
  documents lint FOLDER [--json]   findings in the folder's documents; exit code 1 when there are some
`;

interface FoundIn {
  readonly path: string;
  readonly code: string;
  /** From 1. */
  readonly line: number;
  readonly reason: string;
  readonly excerpt: string;
  /** What an exact repair would put there; absent: a person decides. */
  readonly after?: string;
}

/** `folio documents …`; resolves to the exit code. */
export function documentsCommand(args: readonly string[], io: CommandInput): Promise<number> {
  return folderCommand(args, io, {
    verb: "lint",
    usage: USAGE,
    run: async ({ store }, { isJson }) => {
      const { documents, findings, leftOut } = await lintAll(store);
      if (isJson) io.stdout(`${JSON.stringify({ documents, findings, leftOut })}\n`);
      else {
        io.stdout(aligned(findings.map(({ path, line, reason, excerpt }) => toRow(path, line, reason, excerpt))));
        const sum = `${documents.length} documents, ${findings.length} findings`;
        io.stdout(
          `${sum}${leftOut.length === 0 ? "" : `, left out: ${leftOut.map((each) => printable(typeof each === "string" ? each : each.path)).join(", ")}`}\n`,
        );
      }
      return findings.length === 0 ? exitCodes.ok : exitCodes.problems;
    },
  });
}

async function lintAll(store: DocumentStore) {
  const { documents, leftOut } = await listDocuments(store);
  const paths = documents.map(({ path }) => path).filter((path) => /\.md$/i.test(path));
  const findings: FoundIn[] = [];
  for (const path of paths) {
    const text = decodeText((await store.read(path)).bytes);
    for (const { code, line, reason, excerpt, after } of lintDocument(text, path)) {
      findings.push({ path, code, line, reason, excerpt, ...(after !== undefined && { after }) });
    }
  }
  return { documents: paths, findings, leftOut };
}

function toRow(path: string, line: number, reason: string, excerpt: string): readonly string[] {
  return [`${printable(path)}:${line}`, `${printable(reason)} ${shortened(excerpt, 60)}`];
}
