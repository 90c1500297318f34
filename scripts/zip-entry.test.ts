import { crc32, deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { zipEntry } from "./zip-entry.ts";

interface Entry {
  readonly name: string;
  readonly text: string;
  readonly method: 0 | 8;
}

/** An archive as the format's specification describes it. */
function zip(entries: readonly Entry[], comment = ""): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text, method } of entries) {
    const bytes = Buffer.from(text);
    const packed = method === 0 ? bytes : deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\0", "latin1"), common, rest, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, central, end, Buffer.from(comment)]);
}

const archive = zip([
  { name: "a/one.txt", text: "first ü", method: 0 },
  { name: "two.txt", text: "second ".repeat(500), method: 8 },
]);

describe("an entry of a zip archive", () => {
  it("comes out as it went in, stored or deflated, with a comment at the end too", () => {
    expect(zipEntry(archive, "a/one.txt", 100).toString()).toBe("first ü");
    expect(zipEntry(archive, "two.txt", 10_000).toString()).toBe("second ".repeat(500));
    const withComment = zip([{ name: "x", text: "text", method: 8 }], "a comment");
    expect(zipEntry(withComment, "x", 100).toString()).toBe("text");
  });

  it("is refused when it is not there, too large or damaged", () => {
    expect(() => zipEntry(archive, "three.txt", 100)).toThrow("has no three.txt");
    expect(() => zipEntry(archive, "two.txt", 100)).toThrow("larger than");
    expect(() => zipEntry(Buffer.from("no archive at all, only text"), "x", 100)).toThrow("not a zip archive");
    const damaged = Buffer.from(archive);
    damaged[40] = (damaged[40] ?? 0) ^ 0xff;
    expect(() => zipEntry(damaged, "a/one.txt", 100)).toThrow("damaged");
  });
});
