/** How fast the file format is: one conversation of 36 MB in 1,248 messages. Run: node bench/chat-format.ts */
import { composeConversation } from "../shared/chat-format/compose-conversation.ts";
import type { NewMessage } from "../shared/chat-format/conversation.ts";
import { editConversation } from "../shared/chat-format/edit-conversation.ts";
import { parseConversation, writeConversation } from "../shared/chat-format/parse-conversation.ts";

const MESSAGES = 1_248;
const TARGET_BYTES = 36_000_000;
const ROUNDS = 7;
const PARAGRAPH = `${"Some text with `code`, words that go on, für Umlaute – and more of it.\n".repeat(5)}
\`\`\`ts
const answer = 42;
\`\`\`

`;

function makeMessage(index: number, text: string): NewMessage {
  const [id, parent] = [`message${index}`, index === 0 ? "root" : `message${index - 1}`];
  const isUser = index % 2 === 0;
  return {
    ...{ id, parent, role: isUser ? "user" : "assistant", label: isUser ? "You" : "Assistant" },
    ...{ attributes: { at: "2026-01-05T10:12:00Z" }, text, parts: [] },
  };
}

/** The median of the rounds, in milliseconds. */
function median(run: () => void): string {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return (times.sort((left, right) => left - right)[Math.floor(ROUNDS / 2)] ?? 0).toFixed(1);
}

const text = PARAGRAPH.repeat(Math.ceil(TARGET_BYTES / MESSAGES / Buffer.byteLength(PARAGRAPH)));
const messages = Array.from({ length: MESSAGES }, (_, index) => makeMessage(index, text));
const file = writeConversation(composeConversation({ front: { id: "bench" }, preamble: "", messages, path: [] }));
const conversation = parseConversation(file);
const question = makeMessage(MESSAGES, "And then?");
const extended = editConversation(conversation, [{ type: "add-message", message: question }]);
const checkpoint = { ...question, text };

console.log(`chat-format: ${(file.length / 1e6).toFixed(1)} MB, ${MESSAGES} messages, median of ${ROUNDS}`);
console.log(`parse                     ${median(() => parseConversation(file))} ms (target ≤ 300)`);
console.log(`parse and find problems   ${median(() => parseConversation(file).problems)} ms`);
console.log(`write                     ${median(() => writeConversation(conversation))} ms`);
console.log(
  `add a message             ${median(() => editConversation(conversation, [{ type: "add-message", message: question }]))} ms (target ≤ 50)`,
);
console.log(
  `replace the last message  ${median(() => editConversation(extended, [{ type: "replace-message", id: question.id, message: checkpoint }]))} ms (target ≤ 50)`,
);
const texts = () => parseConversation(file).messages.reduce((sum, message) => sum + message.text.length, 0);
console.log(`parse and read all texts  ${median(texts)} ms`);
