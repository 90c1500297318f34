import { format, inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { createSecret } from "./secret.ts";

const value = "sk-test-0123456789-wxyz";

describe("a secret", () => {
  it("gives its value only when it is asked to reveal it", () => {
    expect(createSecret(value).reveal()).toBe(value);
  });

  it.each([
    ["a template", (secret: unknown) => `${secret}`],
    ["String()", (secret: unknown) => String(secret)],
    ["JSON", (secret: unknown) => JSON.stringify({ deep: [secret] })],
    ["inspect", (secret: unknown) => inspect({ deep: { secret } }, { depth: 9, showHidden: true })],
    ["console format", (secret: unknown) => format("%s %o %O %j", secret, secret, secret, secret)],
    ["its own keys and values", (secret: unknown) => inspect(Object.entries(secret as object))],
    ["an error's cause", (secret: unknown) => inspect(new Error("no", { cause: secret }))],
  ])("shows only the last four characters through %s", (_name, print) => {
    const printed = print(createSecret(value));
    expect(printed).not.toContain("0123456789");
    expect(printed).toContain("wxyz");
  });

  it("shows nothing of a short value", () => {
    expect(`${createSecret("hunter2")}`).toBe("[secret]");
    expect(createSecret("hunter2").ending).toBeUndefined();
  });
});
