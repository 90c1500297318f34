import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { UsageProblem } from "./report-failure.ts";

/**
 * The folder and the options of a command. @throws UsageProblem for what is not understood
 */
export function readFolderArguments<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
) {
  const { values, positionals } = parse(args, options);
  const [folder, ...more] = positionals;
  if (more.length > 0) throw new UsageProblem(`One folder at a time: “${folder}” and then “${more[0]}” were given.`);
  if (folder === "") throw new UsageProblem("The folder's name is empty.");
  return { folder, values };
}

function parse<const Options extends ParseArgsOptionsConfig>(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new UsageProblem(error instanceof Error ? error.message : String(error));
  }
}
