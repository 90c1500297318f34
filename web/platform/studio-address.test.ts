import { expect, it } from "vitest";
import { documentAddress, documentOfAddress } from "./studio-address.ts";

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
