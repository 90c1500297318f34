import type { IncomingMessage } from "node:http";
import type { ZodType } from "zod";
import { Problem } from "../problem.ts";

/** What any command may weigh, by bytes read and not by header: 8 Mi characters of message text, escaped. */
const maximumBytes = 32 * 1024 * 1024;

/**
 * Reads a JSON body and parses it with `schema`.
 * @throws Problem 413 `too-large`, 400 `bad-request` with the fields that are off
 */
export async function readJson<Value>(request: IncomingMessage, schema: ZodType<Value>): Promise<Value> {
  const bytes = await readBytes(request);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new Problem("bad-request", 400, "The request is not JSON in UTF-8. Nothing was changed.", { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`);
  throw new Problem("bad-request", 400, "The request has fields that do not fit. Nothing was changed.", {
    detail: wrong.join("; "),
  });
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const declared = Number(request.headers["content-length"] ?? 0);
  if (declared > maximumBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let total = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      total += chunk.length;
      if (total > maximumBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem("bad-request", 400, "The request broke off. Nothing was changed.", { cause });
  }
  return Buffer.concat(chunks);
}

function tooLarge(): Problem {
  return new Problem("too-large", 413, "The request is larger than 32 MB. Nothing was changed.", {
    headers: { connection: "close" },
  });
}
