import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createSharedTransaction } from "./shared-transaction.ts";

let folder: string;
let writer: DatabaseSync;
let reader: DatabaseSync;
const lost: unknown[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "folio-transaction-"));
  writer = new DatabaseSync(join(folder, "rows.sqlite"));
  writer.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA foreign_keys = ON;
    CREATE TABLE line (id INTEGER PRIMARY KEY, after INTEGER REFERENCES line (id) DEFERRABLE INITIALLY DEFERRED);`);
  reader = new DatabaseSync(join(folder, "rows.sqlite"));
  lost.length = 0;
});

afterEach(() => {
  writer.close();
  reader.close();
  rmSync(folder, { recursive: true, force: true });
});

const count = (database: DatabaseSync) => database.prepare("SELECT count(*) AS count FROM line").get()?.["count"];

describe("writes that share a transaction", () => {
  test("are seen by their own connection at once, and by others when the end has come by itself", async () => {
    const transaction = createSharedTransaction(writer, (error) => lost.push(error));
    for (const id of [1, 2]) {
      transaction.begin();
      writer.exec(`INSERT INTO line (id) VALUES (${id})`);
    }
    expect(count(writer)).toBe(2);
    expect(count(reader)).toBe(0);
    await vi.waitFor(() => expect(count(reader)).toBe(2));
  });

  test("that cannot be kept are told, and the next ones are kept", () => {
    const transaction = createSharedTransaction(writer, (error) => lost.push(error));
    transaction.begin();
    writer.exec("INSERT INTO line (id, after) VALUES (1, 99)");
    transaction.commit();
    expect(String(lost[0])).toContain("FOREIGN KEY");
    transaction.begin();
    writer.exec("INSERT INTO line (id) VALUES (2)");
    transaction.commit();
    expect(count(reader)).toBe(1);
    expect(lost).toHaveLength(1);
  });
});
