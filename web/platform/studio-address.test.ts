import { expect, it } from "vitest";
import { conversationAddress, documentAddress, documentOfAddress } from "./studio-address.ts";

it.each([".codex/PRD.md", ".codex/tasks/50% done?.md", ".codex/ملاحظات #2.md", "TASK-LOG.json", "a/%2F/b.md"])(
  "leads to %s and back",
  (path) => {
    const { pathname } = new URL(documentAddress(path, { part: "history", run: "01A" }), "http://127.0.0.1");
    expect(documentOfAddress(pathname)).toBe(path);
  },
);

it("is no document elsewhere, or where the address is broken", () => {
  expect(documentOfAddress("/studio/log")).toBeUndefined();
  expect(documentOfAddress("/studio/documents/")).toBeUndefined();
  expect(documentOfAddress("/studio/documents/%E0%A4%A")).toBeUndefined();
});

it("leads to a conversation, and to one message of it, whatever their ids are", () => {
  expect(conversationAddress("7k2m9q0000")).toBe("/c/7k2m9q0000");
  const { pathname, searchParams } = new URL(conversationAddress("a/b ü", "m & 1"), "http://127.0.0.1");
  expect([decodeURIComponent(pathname), searchParams.get("message")]).toEqual(["/c/a/b ü", "m & 1"]);
});
