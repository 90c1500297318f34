import { expect, test } from "vitest";
import { readArguments as readWith } from "./arguments.ts";

const readArguments = (args: readonly string[]) => readWith(args, ["conversation", "log"]);

test("without words it starts with the defaults and opens the browser", () => {
  expect(readArguments([])).toEqual({ type: "start", start: { openBrowser: true } });
});

test("takes a folder, a port, a host and --no-open in any order", () => {
  expect(readArguments(["--no-open", "notes", "--port", "0", "--host=::1"])).toEqual({
    type: "start",
    start: { folder: "notes", port: "0", host: "::1", openBrowser: false },
  });
});

test("a folder whose name begins with a dash comes after --", () => {
  expect(readArguments(["--", "-odd"])).toMatchObject({ type: "start", start: { folder: "-odd" } });
});

test("hands everything after a command's name on, flags included", () => {
  expect(readArguments(["conversation", "parse", "a.chat.md", "--json"])).toEqual({
    ...{ type: "command", name: "conversation" },
    args: ["parse", "a.chat.md", "--json"],
  });
  expect(readArguments(["log", "--help"])).toEqual({ type: "command", name: "log", args: ["--help"] });
});

test("a folder named like a command is given by a path", () => {
  expect(readArguments(["./log"])).toMatchObject({ type: "start", start: { folder: "./log" } });
});

test.each([
  ["--help", "help"],
  ["-h", "help"],
  ["--version", "version"],
])("%s asks for %s", (flag, type) => {
  expect(readArguments([flag]).type).toBe(type);
});

test.each([
  { args: ["--port", "80a"], says: "80a" },
  { args: ["--port", "70000"], says: "70000" },
  { args: ["--port", "-1"], says: "port" },
  { args: ["--port", ""], says: "port" },
  { args: ["--port"], says: "port" },
  { args: ["--colour"], says: "--colour" },
  { args: ["one", "two"], says: "two" },
  { args: [""], says: "empty" },
])("$args is a mistake that names what was wrong", ({ args, says }) => {
  const command = readArguments(args);
  expect(command.type).toBe("mistake");
  expect(command.type === "mistake" && command.message).toContain(says);
});
