/** Answers that are as they should be: short, long, slow, with reasoning, with tool calls. */
import { begin, type Exchange, fine, pause, type Scenarios, write } from "./exchange.ts";

/** Writes so many tokens, `token 1 token 2 …`, with a pause after each. */
async function tokens(exchange: Exchange, count: number, everyMs: number): Promise<void> {
  begin(exchange);
  for (let token = 1; token <= count && !exchange.closed.aborted; token += 1) {
    await write(exchange, exchange.frames.text(`token ${token} `));
    if (everyMs > 0) await pause(exchange, everyMs);
  }
  exchange.response.end(exchange.frames.finish());
}

async function pieces(
  exchange: Exchange,
  frames: readonly string[],
  reason?: "tool_calls" | "length" | "content_filter",
) {
  begin(exchange);
  for (const each of frames) await write(exchange, each);
  exchange.response.end(exchange.frames.finish(reason));
}

function numberOr(text: string | undefined, otherwise: number): number {
  const number = Number(text);
  return text !== undefined && text !== "" && Number.isFinite(number) ? number : otherwise;
}

const tenMegabytes = 10_500_000;

const markdown = `# A heading

Some *emphasis*, a [link](https://example.org) and \`code\`.

| name | value |
|------|------:|
| one  |     1 |
| two  |     2 |

\`\`\`ts
const answer: number = 42;
\`\`\`

- first
- second

![a picture](https://images.example.org/picture.png)
`;

export const plainAnswers: Scenarios = {
  fine,

  /** Says the question again, word by word. */
  echo: (exchange) =>
    pieces(
      exchange,
      exchange.question.split(/(?<=\s)/).map((word) => exchange.frames.text(word)),
    ),

  /** Says what it was sent: the conversation as JSON. */
  "echo-messages": (exchange) =>
    pieces(exchange, [exchange.frames.text(JSON.stringify(exchange.body.messages ?? exchange.body.input))]),

  /** `slow:60:100`: so many tokens, one every so many milliseconds. */
  slow: (exchange) => {
    const [count, everyMs] = (exchange.argument ?? "").split(":");
    return tokens(exchange, numberOr(count, 60), numberOr(everyMs, 100));
  },

  /** `long:2000`: so many tokens at once. */
  long: (exchange) => tokens(exchange, numberOr(exchange.argument, 2_000), 0),

  /** Until the client goes. */
  "never-ends": (exchange) => tokens(exchange, Number.POSITIVE_INFINITY, 10),

  "10mb": async (exchange) => {
    begin(exchange);
    const line = `${"All work and no play makes a long line of text. ".repeat(20)}\n`;
    for (let sent = 0; sent < tenMegabytes && !exchange.closed.aborted; sent += line.length) {
      await write(exchange, exchange.frames.text(line));
    }
    exchange.response.end(exchange.frames.finish());
  },

  markdown: (exchange) =>
    pieces(
      exchange,
      (markdown.match(/[\s\S]{1,12}/g) ?? []).map((piece) => exchange.frames.text(piece)),
    ),

  reasoning: ({ frames, ...exchange }) =>
    pieces({ ...exchange, frames }, [
      frames.reasoning("First I "),
      frames.reasoning("count. "),
      frames.text("There are "),
      frames.text("three."),
    ]),

  "think-tag": ({ frames, ...exchange }) =>
    pieces(
      { ...exchange, frames },
      ["\n<th", "ink>First I ", "count. </t", "hink>\n\nThere", " are three, not <think>."].map(frames.text),
    ),

  "tool-call": (exchange) =>
    pieces(
      exchange,
      [
        exchange.frames.text("I look it up. "),
        ...exchange.frames.toolCall({ id: "call_a", name: "weather", pieces: ['{"city"', ':"Turin"}'] }),
      ],
      "tool_calls",
    ),

  refusal: (exchange) =>
    pieces(exchange, [exchange.frames.refusal("I cannot "), exchange.frames.refusal("help with that.")]),

  length: (exchange) => pieces(exchange, [exchange.frames.text("This is cut at the lim")], "length"),

  "content-filter": (exchange) => pieces(exchange, [exchange.frames.text("This is filt")], "content_filter"),

  /** Done, without a word. */
  empty: (exchange) => pieces(exchange, []),
};
