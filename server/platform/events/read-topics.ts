import type { Topic } from "../../../shared/events.ts";
import { Problem } from "../problem.ts";

const topicsAllowed = 200;

/** A list of `workspace`, `conversation:ID` and `run:ID`, comma-separated. @throws Problem 400 `bad-request` */
export function readTopics(text: string): ReadonlySet<Topic> {
  const names = text.split(",").filter((name) => name !== "");
  const topics = names.filter(
    (name): name is Topic => name === "workspace" || /^(conversation|run):.{1,200}$/.test(name),
  );
  if (topics.length === 0 || topics.length !== names.length || topics.length > topicsAllowed) {
    throw new Problem("bad-request", 400, "topics is a list of workspace, conversation:ID and run:ID, at most 200.");
  }
  return new Set(topics);
}
