import { LLMock } from "@copilotkit/aimock";

/** A provider of the OpenAI form that answers with texts which were given for a goal. */
export interface AnswerServer {
  readonly baseUrl: string;
  /** Requests with `words` in them are answered with `text`; of two that fit, the later one given counts. */
  answer(words: string, text: string, pace?: { readonly latency: number; readonly chunkSize: number }): void;
  /** Bodies of what was asked, oldest first. */
  asked(): readonly unknown[];
  close(): Promise<void>;
}

export async function startAnswerServer(): Promise<AnswerServer> {
  const mock = new LLMock({ port: 0, host: "127.0.0.1", logLevel: "silent" });
  await mock.start();
  return {
    baseUrl: `${mock.url}/v1`,
    answer: (words, text, pace = { latency: 0, chunkSize: 200 }) => {
      mock.prependFixture({
        match: { predicate: (request) => JSON.stringify(request.messages).includes(words) },
        response: { content: text },
        ...pace,
      });
    },
    asked: () => mock.getRequests().map(({ body }) => body),
    close: () => mock.stop(),
  };
}
