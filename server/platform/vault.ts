/**
 * Secrets at rest: one encrypted file for each entry in the data directory, one key file elsewhere, so that a copy of the
 * data directory alone (a backup, a sync) opens nothing. AES-256-GCM; an entry's name is bound to its content.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { readdir, readFile, rename, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { makeDirectory } from "./store/durable-directory.ts";
import { whenThere } from "./store/error-code.ts";
import { writeFileAtomic } from "./store/write-file-atomic.ts";
import { readOrMakeVaultKey, readVaultKey } from "./vault-key.ts";

export interface VaultEntry {
  readonly name: string;
  readonly text: string;
}

export interface UnreadableEntry {
  readonly name: string;
  /** Without the key file nothing was touched; otherwise the entry is kept under a new name (`keptAs`). */
  readonly reason: "no-key" | "not-decrypted" | "not-read";
  readonly keptAs?: string;
}

export interface Vault {
  /** What can be opened, by name in order, and what cannot. Entries that do not fit the key are renamed, never removed. */
  read(): Promise<{ readonly entries: readonly VaultEntry[]; readonly unreadable: readonly UnreadableEntry[] }>;
  /** Writes one entry durably, mode 0600. `name` is made by us: `[0-9a-z-]{1,40}`. Rejects with the system's error. */
  put(name: string, text: string): Promise<void>;
  /** Answers whether there was such an entry. */
  remove(name: string): Promise<boolean>;
}

export interface VaultOptions {
  /** 32 random bytes, mode 0600; made with the first `put`. */
  readonly keyFile: string;
  /** Holds `<name>.vault`. */
  readonly folder: string;
}

const format = "folio-vault/1";
const suffix = ".vault";
const maximumBytes = 64 * 1024;

/** Makes nothing until the first `put`. */
export function createVault({ keyFile, folder }: VaultOptions): Vault {
  const pathOf = (name: string) => join(folder, `${name}${suffix}`);

  async function readEntry(name: string, key: Buffer | undefined): Promise<VaultEntry | UnreadableEntry> {
    const path = pathOf(name);
    const sealed = await readSmall(path);
    if (sealed === undefined) return { name, reason: "not-read" };
    if (key === undefined) return { name, reason: "no-key" };
    const text = unseal(sealed, name, key);
    if (text !== undefined) return { name, text };
    const keptAs = `${path}.unreadable-${randomBytes(3).toString("hex")}`;
    const isKept = await rename(path, keptAs)
      .then(() => true)
      .catch(() => false);
    return { name, reason: "not-decrypted", ...(isKept ? { keptAs } : {}) };
  }

  return {
    async read() {
      const names = await entryNames(folder);
      if (names.length === 0) return { entries: [], unreadable: [] };
      const key = await readVaultKey(keyFile);
      const all = await Promise.all(names.map((name) => readEntry(name, key)));
      return {
        entries: all.filter((entry) => "text" in entry),
        unreadable: all.filter((entry) => "reason" in entry),
      };
    },

    async put(name, text) {
      if (!/^[0-9a-z-]{1,40}$/.test(name)) throw new Error(`"${name}" is not a name for a vault entry.`);
      const key = await readOrMakeVaultKey(keyFile);
      await makeDirectory(folder, { mode: 0o700 });
      await writeFileAtomic(pathOf(name), seal(text, name, key), { mode: 0o600 });
    },

    async remove(name) {
      if (!(await entryNames(folder)).includes(name)) return false;
      await unlink(pathOf(name));
      return true;
    },
  };
}

function seal(text: string, name: string, key: Buffer): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(`${format}\0${name}`));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  const encoded = { nonce, tag: cipher.getAuthTag(), sealed };
  const fields = Object.entries(encoded).map(([field, bytes]) => [field, bytes.toString("base64")]);
  return `${JSON.stringify({ format, ...Object.fromEntries(fields) })}\n`;
}

/** Undefined when it is no entry of ours, was changed, was sealed with another key or under another name. */
function unseal(file: string, name: string, key: Buffer): string | undefined {
  try {
    const fields: unknown = JSON.parse(file);
    if (!isSealed(fields) || fields.format !== format) return undefined;
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(fields.nonce, "base64"), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(`${format}\0${name}`)).setAuthTag(Buffer.from(fields.tag, "base64"));
    return Buffer.concat([decipher.update(fields.sealed, "base64"), decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}

function isSealed(value: unknown): value is Record<"format" | "nonce" | "tag" | "sealed", string> {
  if (typeof value !== "object" || value === null) return false;
  const fields = new Map(Object.entries(value));
  return ["format", "nonce", "tag", "sealed"].every((field) => typeof fields.get(field) === "string");
}

async function readSmall(path: string): Promise<string | undefined> {
  try {
    const { size } = await stat(path);
    return size > maximumBytes ? undefined : await readFile(path, "utf8");
  } catch {
    return undefined;
  }
}

async function entryNames(folder: string): Promise<readonly string[]> {
  const files = (await whenThere(readdir(folder))) ?? [];
  const names = files.filter((file) => file.endsWith(suffix)).map((file) => file.slice(0, -suffix.length));
  return names.filter((name) => /^[0-9a-z-]{1,40}$/.test(name)).sort();
}
