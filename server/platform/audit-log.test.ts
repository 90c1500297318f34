import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createAuditLog } from "./audit-log.ts";
import { systemClock } from "./clock.ts";

it("keeps every event on a line of its own, in order, for the owner alone", async () => {
  const folder = await mkdtemp(join(tmpdir(), "folio-audit-"));
  const path = join(folder, "audit.jsonl");
  const errors: unknown[] = [];
  const audit = createAuditLog(path, systemClock, (error) => errors.push(error));
  audit.record({ type: "signed-in" });
  for (let count = 0; count < 20; count += 1) audit.record({ type: "request-refused", reason: `line\nbreak ${count}` });
  await audit.close();
  const again = createAuditLog(path, systemClock, (error) => errors.push(error));
  again.record({ type: "key-saved", provider: "p", origin: "https://models.example" });
  await again.close();
  const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line).type)).toEqual([
    "signed-in",
    ...Array(20).fill("request-refused"),
    "key-saved",
  ]);
  expect(JSON.parse(lines[20] ?? "{}").reason).toBe("line\nbreak 19");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(errors).toEqual([]);
  await rm(folder, { recursive: true });
});

it("loses a line and nothing else where it cannot write", async () => {
  const errors: unknown[] = [];
  const audit = createAuditLog("/dev/null/audit.jsonl", systemClock, (error) => errors.push(error));
  audit.record({ type: "signed-in" });
  await audit.close();
  expect(errors).toHaveLength(1);
});
