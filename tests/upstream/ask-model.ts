/** Asks a model over the real adapter and the real way out, and tells all that came. */
import { createEgress, type Egress } from "../../server/platform/egress.ts";
import type { ModelFailure, ModelPart } from "../../server/platform/models/language-model.ts";
import { type OpenAiModelOptions, openAiModel } from "../../server/platform/models/openai/openai-model.ts";

export interface Told {
  readonly text: string;
  readonly reasoning: string;
  readonly calls: readonly { readonly callId: string; readonly name: string; readonly argumentsText: string }[];
  readonly retries: readonly Extract<ModelPart, { type: "retry" }>[];
  readonly usage: Extract<ModelPart, { type: "usage" }> | undefined;
  readonly finish: string | undefined;
  readonly failure: ModelFailure | undefined;
  /** Every pause that was waited for, in milliseconds; none of them takes time. */
  readonly waits: readonly number[];
  readonly parts: readonly ModelPart[];
}

export interface Asker {
  readonly egress: Egress;
  /** Each question is a new one for the server, so that its scenarios begin anew. */
  ask(model: string, options?: Partial<OpenAiModelOptions>, signal?: AbortSignal): Promise<Told>;
  close(): void;
}

export function createAsker(server: { readonly baseUrl: string; readonly hostPort: string }): Asker {
  const egress = createEgress({ allow: (hostPort) => hostPort === server.hostPort });
  let questions = 0;
  return {
    egress,
    async ask(model, options = {}, signal = new AbortController().signal) {
      questions += 1;
      const waits: number[] = [];
      const languageModel = openAiModel({
        baseUrl: server.baseUrl,
        api: "chat-completions",
        egress,
        random: () => 0,
        wait: async (ms) => void waits.push(ms),
        headersTimeoutMs: 10_000,
        idleTimeoutMs: 10_000,
        ...options,
      });
      const request = { model, messages: [{ role: "user" as const, text: `Question ${questions}` }] };
      const parts: ModelPart[] = [];
      for await (const batch of languageModel.stream(request, signal)) parts.push(...batch);
      return told(parts, waits);
    },
    close: () => egress.close(),
  };
}

function told(parts: readonly ModelPart[], waits: readonly number[]): Told {
  const all = <Type extends ModelPart["type"]>(type: Type) =>
    parts.filter((part): part is Extract<ModelPart, { type: Type }> => part.type === type);
  return {
    text: all("text")
      .map(({ text }) => text)
      .join(""),
    reasoning: all("reasoning")
      .map(({ text }) => text)
      .join(""),
    calls: callsOf(all("tool-call")),
    retries: all("retry"),
    usage: all("usage").at(-1),
    finish: all("finish").at(-1)?.reason,
    failure: all("failure").at(-1)?.failure,
    waits,
    parts,
  };
}

function callsOf(pieces: readonly Extract<ModelPart, { type: "tool-call" }>[]): Told["calls"] {
  const calls = new Map<number, { callId: string; name: string; argumentsText: string }>();
  for (const { index, callId = "none", name = "none", argumentsText } of pieces) {
    const call = calls.get(index);
    if (call) call.argumentsText += argumentsText;
    else calls.set(index, { callId, name, argumentsText });
  }
  return [...calls.values()];
}
