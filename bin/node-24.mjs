// Plain JavaScript that Node 20 can read: it looks for the Node that everything else needs.
// @ts-check
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const NEEDED_MAJOR = 24;

export const programFolder = fileURLToPath(new URL("..", import.meta.url));

export const hasNeededNode = Number.parseInt(process.versions.node, 10) >= NEEDED_MAJOR;

const program = process.platform === "win32" ? "node.exe" : "node";

/**
 * The path of a Node that is new enough: the one that the package brings with it, else the first on the search path.
 * @returns {string | undefined}
 */
export function findNode() {
  const brought = [join(programFolder, "node_modules", "node", "bin", program)];
  const onPath = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  const candidates = [...brought, ...onPath.map((folder) => join(folder, program))];
  return candidates.find((candidate) => existsSync(candidate) && isNewEnough(candidate));
}

/** @param {string} candidate */
function isNewEnough(candidate) {
  const answer = spawnSync(candidate, ["--version"], { encoding: "utf8", timeout: 10_000 });
  return answer.status === 0 && Number.parseInt(answer.stdout.slice(1), 10) >= NEEDED_MAJOR;
}

/** What a person reads when there is none. */
export function missingNodeMessage() {
  return [
    `Folio needs Node ${NEEDED_MAJOR} or newer; this is Node ${process.versions.node}, and no newer one was found.`,
    existsSync(join(programFolder, "package-lock.json"))
      ? "npm brings the right one along, unless install scripts are off. Run: npm rebuild node"
      : `Install Node ${NEEDED_MAJOR} (https://nodejs.org) and run the same command again.`,
  ].join("\n");
}

/**
 * Runs `node ...args` in this process's place: same terminal, signals handed on, ends with the same code or signal.
 * @param {string} node
 * @param {readonly string[]} args
 */
export function becomeNode(node, args) {
  const child = spawn(node, [...args], { stdio: "inherit" });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR2"])) {
    process.on(signal, () => {
      // A terminal sends Ctrl+C to both of us; handing it on would make it two.
      const isFromTerminal = process.stdin.isTTY && (signal === "SIGINT" || signal === "SIGQUIT");
      if (!isFromTerminal) child.kill(signal);
    });
  }
  child.on("error", (error) => {
    process.stderr.write(`Could not start ${node}: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => {
    if (signal === null) {
      process.exit(code ?? 1);
    }
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
