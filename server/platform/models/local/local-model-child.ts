/**
 * The program of the process that runs a model file. Its arguments: the runtime's entry, the context's size in tokens,
 * the number of threads. It hears commands and replies as in `protocol.ts`, and ends with its parent.
 */
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import type { GenerateCommand, LocalModelCommand, LocalModelReply } from "./protocol.ts";

type HistoryItem =
  | { readonly type: "system" | "user"; readonly text: string }
  | { readonly type: "model"; readonly response: readonly string[] };

/** What we use of `node-llama-cpp` 3; it is installed on request, so its own types are not here. */
interface Runtime {
  getLlama(options: Readonly<Record<string, unknown>>): Promise<{
    loadModel(options: { readonly modelPath: string }): Promise<LoadedModel>;
  }>;
  readonly LlamaChat: new (options: { readonly contextSequence: Sequence; readonly chatWrapper: unknown }) => Chat;
  readonly JinjaTemplateChatWrapper: new (options: {
    readonly template: string;
    readonly tokenizer: unknown;
  }) => unknown;
}
interface LoadedModel {
  readonly trainContextSize: number;
  readonly tokenizer: unknown;
  readonly fileInfo: { readonly metadata: { readonly tokenizer: { readonly chat_template?: string } } };
  createContext(options: {
    readonly contextSize: number;
    readonly threads: number;
  }): Promise<{ getSequence(): Sequence }>;
  dispose(): Promise<void>;
}
interface Sequence {
  readonly tokenMeter: { getState(): { readonly usedInputTokens: number; readonly usedOutputTokens: number } };
}
interface Chat {
  generateResponse(
    history: readonly HistoryItem[],
    options: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly metadata: { readonly stopReason: string } }>;
}
interface Loaded {
  readonly file: string;
  readonly model: LoadedModel;
  readonly sequence: Sequence;
  readonly chat: Chat;
  readonly contextTokens: number;
}

/** A small model is at its best with little chance. */
const defaults = { temperature: 0.2, topP: 0.9 };

function startProgram(runtimeEntry: string, wantedContext: number, threads: number): void {
  let loaded: Loaded | undefined;
  let running: { readonly id: number; readonly controller: AbortController } | undefined;

  async function load(file: string): Promise<Loaded> {
    if (loaded?.file === file) return loaded;
    await loaded?.model.dispose();
    loaded = undefined;
    const runtime: Runtime = await import(pathToFileURL(runtimeEntry).href);
    // More threads than idle cores make llama.cpp wait for each other: on a busy machine a hundred times slower.
    const llama = await runtime.getLlama({ gpu: false, build: "never", maxThreads: threads, logLevel: "error" });
    const model = await llama.loadModel({ modelPath: file });
    const contextTokens = Math.min(wantedContext, model.trainContextSize);
    const context = await model.createContext({ contextSize: contextTokens, threads });
    const sequence = context.getSequence();
    const chat = new runtime.LlamaChat({ contextSequence: sequence, chatWrapper: wrapperFor(runtime, model) });
    loaded = { file, model, sequence, chat, contextTokens };
    return loaded;
  }

  async function generate({ id, modelFile, messages, parameters }: GenerateCommand): Promise<void> {
    const controller = new AbortController();
    running = { id, controller };
    try {
      const { chat, sequence, contextTokens } = await load(modelFile);
      const before = sequence.tokenMeter.getState();
      const { metadata } = await chat.generateResponse(historyOf(messages), {
        ...defaults,
        ...(parameters.temperature !== undefined && { temperature: parameters.temperature }),
        ...(parameters.topP !== undefined && { topP: parameters.topP }),
        maxTokens: Math.min(parameters.maxOutputTokens ?? contextTokens, contextTokens),
        signal: controller.signal,
        stopOnAbortSignal: true,
        onTextChunk: (text: string) => reply({ type: "text", id, text }),
      });
      const after = sequence.tokenMeter.getState();
      reply({
        type: "end",
        id,
        reason: metadata.stopReason === "maxTokens" ? "length" : "stop",
        inputTokens: after.usedInputTokens - before.usedInputTokens,
        outputTokens: after.usedOutputTokens - before.usedOutputTokens,
      });
    } catch (error) {
      reply({ type: "failed", id, ...failureOf(error, modelFile) });
    } finally {
      running = undefined;
    }
  }

  process.on("message", (command: LocalModelCommand) => {
    if (command.type === "generate") return void generate(command);
    if (running?.id === command.id) running.controller.abort();
  });
  process.on("disconnect", () => process.exit(0));
}

/** The model's own chat template, as its file has it; what the runtime knows of such models when there is none. */
function wrapperFor(runtime: Runtime, { fileInfo, tokenizer }: LoadedModel): unknown {
  const template = fileInfo.metadata.tokenizer.chat_template;
  if (template === undefined) return "auto";
  try {
    return new runtime.JinjaTemplateChatWrapper({ template, tokenizer });
  } catch {
    return "auto";
  }
}

function historyOf(messages: GenerateCommand["messages"]): readonly HistoryItem[] {
  const history = messages.map(({ role, text }): HistoryItem => {
    if (role === "assistant") return { type: "model", response: [text] };
    return { type: role === "system" ? "system" : "user", text };
  });
  return [...history, { type: "model", response: [] }];
}

function failureOf(error: unknown, modelFile: string): { code: "unavailable" | "too-large"; title: string } {
  const said = error instanceof Error ? error.message : String(error);
  if (/context (size|shift)|too (long|large)/i.test(said)) {
    return { code: "too-large", title: "The conversation is longer than the local model can read." };
  }
  const line = (said.split("\n")[0] ?? "").slice(0, 200);
  return { code: "unavailable", title: `${basename(modelFile)} could not be run: ${line}` };
}

function reply(message: LocalModelReply): void {
  // When the parent is gone there is nobody to tell, and `disconnect` ends this process.
  process.send?.(message, undefined, undefined, () => undefined);
}

const [runtimeEntry = "", contextTokens = "", threads = ""] = process.argv.slice(2);
startProgram(runtimeEntry, Number(contextTokens), Number(threads));
