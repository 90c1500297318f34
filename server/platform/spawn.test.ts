import { describe, expect, it } from "vitest";
import { allowedEnvironment, type SpawnOptions, spawnProgram } from "./spawn.ts";

/** Runs a script in Node, with an empty environment. */
const run = (script: string, options: Partial<SpawnOptions> = {}) =>
  spawnProgram({ command: process.execPath, arguments: ["-e", script], ...options });

describe("a spawned program", () => {
  it("gives its output and its code", async () => {
    const end = await run('console.log("out"); console.error("err"); process.exitCode = 3').ended;
    expect(end).toEqual({ reason: "exited", code: 3, stdout: "out\n", stderr: "err\n" });
  });

  it("gets its arguments as they are, through no shell", async () => {
    const odd = '$(touch x) `y` "; rm -rf . #';
    const { ended } = spawnProgram({
      command: process.execPath,
      arguments: ["-e", "process.stdout.write(process.argv[1])", "--", odd],
    });
    expect((await ended).stdout).toBe(odd);
  });

  it("knows nothing of our environment but what it is given", async () => {
    const { stdout } = await run("console.log(JSON.stringify(process.env))", { environment: { LANG: "C" } }).ended;
    expect(JSON.parse(stdout)).toEqual({ LANG: "C" });
  });

  it("is ended when its time is over", async () => {
    expect(await run("setInterval(() => {}, 1000)", { timeoutMs: 300 }).ended).toMatchObject({ reason: "timed-out" });
  });

  it("is ended when it writes too much, and what fits is kept", async () => {
    const end = await run('for (;;) process.stdout.write("x".repeat(9999))', { outputLimitBytes: 50_000 }).ended;
    expect(end.reason).toBe("too-much-output");
    expect(end.stdout.length).toBeLessThanOrEqual(50_000);
  });

  it.runIf(process.platform === "linux")("is ended when it takes too much memory", async () => {
    const script = "const kept = []; setInterval(() => kept.push(Buffer.alloc(20e6, 1)), 20)";
    expect(await run(script, { memoryLimitBytes: 300e6 }).ended).toMatchObject({ reason: "too-much-memory" });
  });

  it("is ended at once by the signal, also by one that was there before", async () => {
    const controller = new AbortController();
    const { ended } = run("setInterval(() => {}, 1000)", { signal: controller.signal });
    controller.abort();
    expect(await ended).toMatchObject({ reason: "stopped" });
    expect(await run("0", { signal: AbortSignal.abort() }).ended).toMatchObject({ reason: "stopped" });
  });

  it("says why it was not started, or what ended it", async () => {
    const missing = spawnProgram({ command: "/nowhere/program", arguments: [] });
    expect(await missing.ended).toMatchObject({ reason: "not-started", cause: "ENOENT" });
    expect(await run('process.kill(process.pid, "SIGTERM")').ended).toMatchObject({
      reason: "signal",
      cause: "SIGTERM",
    });
  });

  it("talks with us when there is a channel", async () => {
    const heard: unknown[] = [];
    const program = run('process.on("message", (m) => { process.send({ got: m }); process.disconnect(); })', {
      onMessage: (message) => heard.push(message),
    });
    expect(program.send({ hello: 1 })).toBe(true);
    expect(await program.ended).toMatchObject({ reason: "exited", code: 0 });
    expect(heard).toEqual([{ got: { hello: 1 } }]);
    expect(program.send({ hello: 2 })).toBe(false);
    expect(run("0").send({})).toBe(false);
  });
});

describe("the allowed environment", () => {
  it("leaves out everything that is not listed", () => {
    const environment = { PATH: "/bin", OPENAI_API_KEY: "sk-canary", AWS_SECRET: "x", LANG: undefined, EXTRA: "1" };
    expect(allowedEnvironment(environment, ["EXTRA"])).toEqual({ PATH: "/bin", EXTRA: "1" });
  });
});
