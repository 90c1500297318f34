import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import type { ModelMessage } from "../platform/models/language-model.ts";
import { guideAnswer, guideModel } from "./guide.ts";
import { guideLabel, guidePages, guideTour } from "./guide-script.ts";

const ask = (...texts: string[]): ModelMessage[] =>
  texts.flatMap((text, index) => [
    ...(index === 0 ? [] : [{ role: "assistant", text: "…" } as const]),
    { role: "user", text } as const,
  ]);

const heading = (messages: readonly ModelMessage[]) => /^#+ (.*)$/m.exec(guideAnswer(messages, "~/Folio"))?.[1];

async function answer(messages: readonly ModelMessage[], signal = new AbortController().signal) {
  let text = "";
  const model = guideModel({ folder: "~/Folio", wait: async () => {} });
  for await (const batch of model.stream({ model: "guide", messages }, signal)) {
    for (const part of batch) if (part.type === "text") text += part.text;
  }
  return text;
}

describe("the guide", () => {
  it("says in every answer that it was written in advance", () => {
    for (const page of guidePages) {
      const [first] = guideAnswer(ask(page.topic), "~/Folio").split("\n");
      expect(first).toBe(guideLabel);
    }
  });

  it.each([
    ["Hello", "Your conversations are files"],
    ["Where is the file?", "Where this conversation lies"],
    ["What does the file look like?", "What the file looks like"],
    ["How do I stop an answer?", "Stop, ask again, branch"],
    ["How do I add a model?", "Add a model"],
    ["Where do I put my API key?", "Add a model"],
    ["Is there a keyboard way?", "The keyboard"],
    ["What leaves this computer?", "What leaves this computer"],
    ["Quelle heure est-il ?", "Your conversations are files"],
  ])("answers %j with the page %j", (question, title) => {
    expect(heading(ask(question))).toBe(title);
  });

  it("goes through every page of the tour when asked for the next one, then says that it ends", () => {
    const texts = ["hi", ...guideTour.slice(1).map(() => "next")];
    const headings = texts.map((_, index) => heading(ask(...texts.slice(0, index + 1))));
    expect(new Set(headings).size).toBe(guideTour.length);
    expect(guideAnswer(ask(...texts, "next"), "~/Folio")).toContain("That was the tour.");
  });

  it("skips in the tour what was asked for already", () => {
    expect(heading(ask("hi", "where is the file?", "next"))).toBe("What the file looks like");
  });

  it("says so when it has no page, and offers what it has", () => {
    const text = guideAnswer(ask("hi", "Why is the sky blue?"), "~/Folio");
    expect(text).toContain("has no page about that");
    expect(text).toContain("How do I add a model?");
  });

  it("names the opened folder as it is, special characters included", () => {
    expect(guideAnswer(ask("where is it?"), "/home/a/$&-notes")).toContain("\n/home/a/$&-notes\n");
  });

  it("streams the whole answer and finishes, and its Markdown has a code block, a table and a list", async () => {
    const text = await answer(ask("What does the file look like?"));
    expect(text).toBe(guideAnswer(ask("What does the file look like?"), "~/Folio"));
    const types = new Set(new MarkdownIt().parse(text, {}).map((token) => token.type));
    expect([...types]).toEqual(expect.arrayContaining(["fence", "table_open", "ordered_list_open"]));
  });

  it("goes on where a stopped answer ended", async () => {
    const whole = guideAnswer(ask("Hello"), "~/Folio");
    const begun = whole.slice(0, 90);
    const stopped: ModelMessage[] = [...ask("Hello"), { role: "assistant", text: begun }];
    expect(begun + (await answer(stopped))).toBe(whole);
    const asked = "Your answer broke off. Go on from exactly where it stopped.";
    expect(begun + (await answer([...stopped, { role: "user", text: asked }]))).toBe(whole);
  });
});
