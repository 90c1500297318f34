import { expect, it } from "vitest";
import type { FolioEvent } from "../../shared/events.ts";
import { createEventStream } from "./event-stream.ts";
import type { HubMessage } from "./event-stream-hub.ts";
import { createResources } from "./resources.ts";

const changed: FolioEvent = { type: "document-changed", path: ".codex/PRD.md", kind: "prd" };
const isDocument = (event: FolioEvent): boolean => event.type === "document-changed";

/** A stream whose events the test sends, and a server that answers with how often it was asked. */
function setUp(fetch?: (asked: number) => Promise<unknown>) {
  let receive: (message: HubMessage) => void = () => {};
  const stream = createEventStream((listener) => {
    receive = listener;
    return { setTopics: () => {}, wake: () => {} };
  });
  const asked: string[] = [];
  const resources = createResources({
    fetch: (path) => {
      asked.push(path);
      return fetch ? fetch(asked.length) : Promise.resolve(asked.length);
    },
    isPassing: (problem) => problem === "away",
  });
  resources.connect(stream);
  const send = (event: FolioEvent): void => receive({ kind: "event", topic: "workspace", id: "e-1", event });
  return { resources, asked, send, receive: (message: HubMessage) => receive(message) };
}

it("asks once for everybody who looks at the same address", async () => {
  const { resources, asked } = setUp();
  resources.watch("/documents", isDocument, () => {});
  resources.watch("/documents", isDocument, () => {});
  await expect.poll(() => resources.read("/documents")).toEqual({ value: 1 });
  expect(asked).toEqual(["/documents"]);
});

it("asks again after an event that matters, once for a burst, and not for others", async () => {
  const { resources, asked, send } = setUp();
  resources.watch("/documents", isDocument, () => {});
  await expect.poll(() => asked.length).toBe(1);
  for (let at = 0; at < 20; at += 1) send(changed);
  await expect.poll(() => resources.read("/documents").value).toBe(2);
  send({ type: "feedback-changed" });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(asked).toHaveLength(2);
});

it("does not lose an event that comes while an answer is on its way", async () => {
  let answer: (value: string) => void = () => {};
  const { resources, asked, send } = setUp(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  resources.watch("/documents", isDocument, () => {});
  await expect.poll(() => asked.length).toBe(1);
  send(changed);
  answer("from before the change");
  await expect.poll(() => asked.length).toBe(2);
  answer("from after it");
  await expect.poll(() => resources.read("/documents").value).toBe("from after it");
});

it("keeps what it knew while nobody answers, and tries again by itself", async () => {
  const { resources, send } = setUp((asked) => (asked === 2 ? Promise.reject("away") : Promise.resolve(asked)));
  resources.watch("/documents", isDocument, () => {});
  await expect.poll(() => resources.read("/documents").value).toBe(1);
  send(changed);
  await expect.poll(() => resources.read("/documents")).toEqual({ value: 1, problem: "away" });
  await expect.poll(() => resources.read("/documents"), { timeout: 5000 }).toEqual({ value: 3 });
});

it("leaves a refusal alone until it is asked to try again", async () => {
  const { resources, asked } = setUp((count) => (count === 1 ? Promise.reject("no") : Promise.resolve("yes")));
  resources.watch("/documents", isDocument, () => {});
  await expect.poll(() => resources.read("/documents")).toEqual({ problem: "no" });
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(asked).toHaveLength(1);
  resources.refresh("/documents");
  await expect.poll(() => resources.read("/documents")).toEqual({ value: "yes" });
});

it("asks again for all that is looked at when the stream lost its place, and for nothing else", async () => {
  const { resources, asked, receive } = setUp();
  const end = resources.watch("/proposals", isDocument, () => {});
  resources.watch("/documents", isDocument, () => {});
  await expect.poll(() => asked.length).toBe(2);
  end();
  receive({ kind: "reset", from: "e-9" });
  await expect.poll(() => asked).toEqual(["/proposals", "/documents", "/documents"]);
});

it("shows at once what was there when somebody comes back, and asks again", async () => {
  const { resources, asked } = setUp();
  resources.watch("/documents", isDocument, () => {})();
  const end = resources.watch("/documents", isDocument, () => {});
  await expect.poll(() => resources.read("/documents").value).toBeDefined();
  end();
  const before = asked.length;
  resources.watch("/documents", isDocument, () => {});
  expect(resources.read("/documents").value).toBeDefined();
  await expect.poll(() => asked.length).toBe(before + 1);
});
