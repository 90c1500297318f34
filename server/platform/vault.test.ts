import { createHash } from "node:crypto";
import { chmod, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createVault } from "./vault.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "folio-vault-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const open = () => createVault({ keyFile: join(root, "config", "key"), folder: join(root, "data", "providers") });
const entryFile = (name: string) => join(root, "data", "providers", `${name}.vault`);
const permissions = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

describe("the vault", () => {
  it("makes nothing before something is put into it", async () => {
    expect(await open().read()).toEqual({ entries: [], unreadable: [] });
    expect(await readdir(root)).toEqual([]);
  });

  it("gives back what was put, after a restart too, and forgets what was removed", async () => {
    await open().put("one", '{"key":"sk-1 ü"}');
    await open().put("two", "second");
    expect((await open().read()).entries).toEqual([
      { name: "one", text: '{"key":"sk-1 ü"}' },
      { name: "two", text: "second" },
    ]);
    expect(await open().remove("one")).toBe(true);
    expect(await open().remove("one")).toBe(false);
    expect((await open().read()).entries.map((entry) => entry.name)).toEqual(["two"]);
  });

  it("keeps key and entries readable by their owner only, and the key outside the data", async () => {
    await open().put("one", "secret");
    expect(await permissions(join(root, "config", "key"))).toBe("600");
    expect(await permissions(join(root, "config"))).toBe("700");
    expect(await permissions(entryFile("one"))).toBe("600");
    expect(await permissions(join(root, "data", "providers"))).toBe("700");
    expect((await readFile(join(root, "config", "key"))).length).toBe(32);
    await chmod(join(root, "config", "key"), 0o644);
    await open().read();
    expect(await permissions(join(root, "config", "key"))).toBe("600");
  });

  it("writes no trace of the text, and other bytes each time", async () => {
    await open().put("one", "canary-secret");
    const first = await readFile(entryFile("one"), "utf8");
    await open().put("one", "canary-secret");
    const second = await readFile(entryFile("one"), "utf8");
    expect(first + second).not.toContain("canary");
    expect(first + second).not.toContain(Buffer.from("canary-secret").toString("base64"));
    expect(second).not.toBe(first);
  });

  it("keeps an entry aside that does not fit the key, and opens the others", async () => {
    await open().put("one", "first");
    await open().put("two", "second");
    const changed = JSON.parse(await readFile(entryFile("one"), "utf8"));
    changed.sealed = Buffer.from("other").toString("base64");
    await writeFile(entryFile("one"), JSON.stringify(changed));
    const { entries, unreadable } = await open().read();
    expect(entries).toEqual([{ name: "two", text: "second" }]);
    expect(unreadable).toMatchObject([{ name: "one", reason: "not-decrypted" }]);
    expect(await readFile(unreadable[0]?.keptAs ?? "", "utf8")).toBe(JSON.stringify(changed));
    expect((await open().read()).unreadable).toEqual([]);
  });

  it.each(["", "not json", "[]", '{"format":"folio-vault/2"}', '{"nonce":1}'])(
    "survives the entry %j",
    async (text) => {
      await open().put("one", "first");
      await writeFile(entryFile("one"), text);
      expect((await open().read()).unreadable).toMatchObject([{ reason: "not-decrypted" }]);
    },
  );

  it("does not open an entry under another entry's name", async () => {
    await open().put("one", "first");
    await rename(entryFile("one"), entryFile("two"));
    expect((await open().read()).unreadable).toMatchObject([{ name: "two", reason: "not-decrypted" }]);
  });

  it("touches nothing when the key file is missing, and opens all when it is back", async () => {
    await open().put("one", "first");
    await rename(join(root, "config", "key"), join(root, "key-elsewhere"));
    expect(await open().read()).toEqual({ entries: [], unreadable: [{ name: "one", reason: "no-key" }] });
    await rename(join(root, "key-elsewhere"), join(root, "config", "key"));
    expect((await open().read()).entries).toEqual([{ name: "one", text: "first" }]);
  });

  it("keeps a damaged key file aside when it makes a new one", async () => {
    await open().put("one", "first");
    await writeFile(join(root, "config", "key"), "short");
    await open().put("two", "second");
    const files = await readdir(join(root, "config"));
    expect(files.filter((file) => file.startsWith("key.unreadable-"))).toHaveLength(1);
    expect((await open().read()).entries).toEqual([{ name: "two", text: "second" }]);
  });

  it("makes one key when two start at the same instant", async () => {
    await Promise.all(Array.from({ length: 8 }, (_, index) => open().put(`entry-${index}`, String(index))));
    const { entries, unreadable } = await open().read();
    expect(unreadable).toEqual([]);
    expect(entries).toHaveLength(8);
    const key = await readFile(join(root, "config", "key"));
    expect(createHash("sha256").update(key).digest("hex")).not.toBe(
      createHash("sha256").update(Buffer.alloc(32)).digest("hex"),
    );
  });

  it("refuses a name that could be a path", async () => {
    await expect(open().put("../one", "text")).rejects.toThrow("not a name");
    expect(await open().remove("../../config/key")).toBe(false);
  });
});
