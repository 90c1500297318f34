/** The process behind the local model: started when it is needed, ended when it has been idle, one request at a time. */
import type { ProgramEnd, SpawnedProgram, spawnProgram } from "../../spawn.ts";
import { type GenerateCommand, type LocalModelReply, localModelReplySchema } from "./protocol.ts";

export type ProcessNews = LocalModelReply | { readonly type: "gone"; readonly end: ProgramEnd };

export interface LocalModelProcess {
  /** Tells `listener` everything about this request, `end`, `failed` or `gone` last; then it resolves. Never rejects. */
  generate(command: GenerateCommand, listener: (news: ProcessNews) => void): Promise<void>;
  /** Asks for an early end; a process that does not hear is ended. */
  stop(id: number): void;
  close(): Promise<void>;
}

export interface LocalModelProcessOptions {
  readonly spawn: typeof spawnProgram;
  readonly childScript: string;
  readonly childArguments: readonly string[];
  readonly idleMs: number;
  readonly memoryLimitBytes: number;
}

/** Time for the batch of tokens that is being computed. */
const stopGraceMs = 3_000;

interface Current {
  readonly id: number;
  readonly tell: (news: ProcessNews) => void;
}

/** Starts the process with the first request, and ends it after a while without any. */
export function createLocalModelProcess(options: LocalModelProcessOptions): LocalModelProcess {
  let program: SpawnedProgram | undefined;
  let current: Current | undefined;
  let idle: NodeJS.Timeout | undefined;

  function hear(message: unknown): void {
    const reply = localModelReplySchema.safeParse(message).data;
    if (reply !== undefined && reply.id === current?.id) current.tell(reply);
  }

  function start(): SpawnedProgram {
    const { childArguments, childScript, memoryLimitBytes } = options;
    const command = { command: process.execPath, arguments: [childScript, ...childArguments] };
    const started = options.spawn({ ...command, memoryLimitBytes, onMessage: hear });
    void started.ended.then((end) => {
      if (program !== started) return;
      program = undefined;
      current?.tell({ type: "gone", end });
    });
    return started;
  }

  /** From here on the next request starts another process. */
  function endIdle(): void {
    const ended = program;
    program = undefined;
    ended?.stop();
  }

  return {
    async generate(command, listener) {
      clearTimeout(idle);
      await new Promise<void>((resolve) => {
        const tell = (news: ProcessNews) => {
          listener(news);
          if (news.type !== "text") resolve();
        };
        current = { id: command.id, tell };
        program ??= start();
        program.send({ ...command });
      });
      current = undefined;
      idle = setTimeout(endIdle, options.idleMs).unref();
    },
    stop(id) {
      const stopped = program;
      if (stopped === undefined || current?.id !== id) return;
      stopped.send({ type: "stop", id });
      setTimeout(() => {
        if (current?.id === id) stopped.stop();
      }, stopGraceMs).unref();
    },
    async close() {
      clearTimeout(idle);
      program?.stop();
      await program?.ended;
    },
  };
}
