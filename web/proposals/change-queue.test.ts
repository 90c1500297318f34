import { expect, it } from "vitest";
import { createChangeQueue } from "./change-queue.ts";

it("runs each change on the revision that the one before it made", async () => {
  const queue = createChangeQueue();
  queue.saw("a");
  const bases: string[] = [];
  const change = (revision: string) => async (base: string) => {
    bases.push(base);
    return { revision };
  };
  await Promise.all([queue.run(change("b")), queue.run(change("c")), queue.run(change("d"))]);
  expect(bases).toEqual(["a", "b", "c"]);
});

it("does not fall back to a board that was fetched before its own change, and takes one that somebody else made", async () => {
  const queue = createChangeQueue();
  queue.saw("a");
  await queue.run(async () => ({ revision: "b" }));
  queue.saw("a");
  const bases: string[] = [];
  const look = async (base: string) => {
    bases.push(base);
    return {};
  };
  await queue.run(look);
  queue.saw("from an editor");
  await queue.run(look);
  expect(bases).toEqual(["b", "from an editor"]);
});

it("goes on after a change that was refused", async () => {
  const queue = createChangeQueue();
  queue.saw("a");
  await expect(queue.run(() => Promise.reject(new Error("stale")))).rejects.toThrow("stale");
  await expect(queue.run(async () => ({ revision: "b" }))).resolves.toBeUndefined();
});
