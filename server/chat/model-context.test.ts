import { expect, it } from "vitest";
import { parseConversation } from "../../shared/chat-format/parse-conversation.ts";
import { modelContext } from "./model-context.ts";

const unit = (id: string, parent: string, role: string, text: string) =>
  `### X <!-- message id=${id} parent=${parent} role=${role} -->\n\n${text}\n\n`;
const conversation = parseConversation(
  new TextEncoder().encode(
    [
      "---\nformat: chat.md/1\nhead: a2\n---\nA preamble that is never sent.\n\n",
      unit("s", "root", "system", "Be short."),
      unit("q1", "s", "user", "first"),
      unit("a1", "q1", "assistant", "one"),
      "### Reasoning <!-- part id=r type=reasoning -->\n\nsecret thoughts\n\n",
      "### Not finished <!-- part id=e type=error -->\n\nthe server broke\n\n",
      unit("q2", "a1", "user", "second"),
      unit("a2", "q2", "assistant", "two"),
      unit("other", "q1", "assistant", "another version"),
    ].join(""),
  ),
);

it("sends the texts of the path, without reasoning, errors, preamble and other versions", () => {
  const { messages, leftOut } = modelContext(conversation, "q2", { limit: 1000, mode: "answer" });
  expect(messages.map(({ role, text }) => [role, text])).toEqual([
    ["system", "Be short."],
    ["user", "first"],
    ["assistant", "one"],
    ["user", "second"],
  ]);
  expect(leftOut).toBe(0);
});

it("leaves the oldest out when it is too much, but never the newest nor the system's", () => {
  const { messages, leftOut } = modelContext(conversation, "q2", { limit: 9, mode: "answer" });
  expect(messages.map(({ text }) => text)).toEqual(["Be short.", "one", "second"]);
  expect(leftOut).toBe(1);
  expect(modelContext(conversation, "q2", { limit: 1, mode: "answer" }).messages).toHaveLength(2);
});

it("asks for the rest of an answer with the answer before it", () => {
  const { messages } = modelContext(conversation, "a1", { limit: 1000, mode: "continue" });
  expect(messages.at(-2)).toEqual({ role: "assistant", text: "one" });
  expect(messages.at(-1)?.role).toBe("user");
});
