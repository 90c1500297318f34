import { type Context, Hono } from "hono";
import { z } from "zod";
import { appendLogEntrySchema, repairLogSchema } from "../../../shared/task-log.ts";
import { readJson } from "../../platform/http/read-json.ts";
import { Problem } from "../../platform/problem.ts";
import type { Environment } from "../task-log-port.ts";
import type { LogChanging } from "./change-log.ts";
import type { LogItemsQuery } from "./log-items.ts";
import type { LogReading } from "./read-log.ts";

const acknowledgeSchema = z.strictObject({ revision: z.string().length(64) });
const restoreSchema = z.strictObject({ refs: z.array(z.string().max(100)).min(1).max(10_000) });
const LONGEST_WORD = 1_000;
const MOST_ITEMS = 500;

/** HTTP in and out of the task log; paths are relative to `/api`. */
export function taskLogRoutes(log: LogReading & LogChanging): Hono<Environment> {
  const routes = new Hono<Environment>();
  routes.get("/task-log", async (context) => context.json(await log.view(word(context, "path"))));
  routes.get("/task-log/items", async (context) => context.json(await log.items(readQuery(context))));
  routes.get("/task-log/entry", async (context) => context.json(await log.entry(word(context, "ref") ?? "")));
  routes.post("/task-log/entries", async (context) => {
    const { text: _, ...appended } = await log.append(await readJson(context.env.incoming, appendLogEntrySchema));
    return context.json(appended);
  });
  routes.post("/task-log/repair/preview", async (context) =>
    context.json(await log.repairPreview(await readJson(context.env.incoming, repairLogSchema))),
  );
  routes.post("/task-log/repair", async (context) =>
    context.json(await log.repair(await readJson(context.env.incoming, repairLogSchema))),
  );
  routes.post("/task-log/acknowledge", async (context) => {
    const { revision } = await readJson(context.env.incoming, acknowledgeSchema);
    await log.acknowledge(revision);
    return context.json({});
  });
  routes.post("/task-log/restore", async (context) => {
    const { refs } = await readJson(context.env.incoming, restoreSchema);
    return context.json(await log.restore(refs));
  });
  return routes;
}

function readQuery(context: Context): LogItemsQuery {
  return {
    path: word(context, "path"),
    from: wholeNumber(context, "from", 0, Number.MAX_SAFE_INTEGER),
    count: wholeNumber(context, "count", 1, MOST_ITEMS),
    agent: word(context, "agent"),
    status: word(context, "status"),
    hasProblems: word(context, "problems") === "1",
    search: word(context, "q"),
    proposals: anyOf(context, "proposal"),
    feedback: anyOf(context, "feedback"),
    file: word(context, "file"),
  };
}

/** Given more than once: any of them. */
function anyOf(context: Context, name: string): readonly string[] | undefined {
  const texts = context.req.queries(name)?.filter((text) => text !== "");
  return texts === undefined || texts.length === 0 ? undefined : texts.slice(0, MOST_ITEMS);
}

/** Undefined when it is not given, or empty. */
function word(context: Context, name: string): string | undefined {
  const text = context.req.query(name)?.slice(0, LONGEST_WORD);
  return text === "" ? undefined : text;
}

function wholeNumber(context: Context, name: string, least: number, most: number): number | undefined {
  const text = context.req.query(name);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new Problem("bad-request", 400, `${name} is a whole number from ${least} to ${most}.`);
}
