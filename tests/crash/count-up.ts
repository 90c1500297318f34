/** `node count-up.ts WORKSPACE LOCKS WRITERS`: that many writers add one each to the number in a document. */
import { openFolderStore } from "../../server/platform/store/folder-store.ts";

const [root = "", locksDirectory = "", writers = "1"] = process.argv.slice(2);
/** More at once only answer each other "stale". */
const AT_ONCE = 2;
const store = openFolderStore({ root, locksDirectory });

async function addOne(): Promise<void> {
  let before = await store.read("count.md");
  for (;;) {
    const next = Number(Buffer.from(before.bytes).toString()) + 1;
    const result = await store.write("count.md", Buffer.from(String(next)), before.revision);
    if (result.outcome === "written") return;
    if (result.current === undefined) throw new Error("the document is gone");
    before = result.current;
  }
}

let left = Number(writers);
async function work(): Promise<void> {
  while (left > 0) {
    left -= 1;
    await addOne();
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, work));
await store.close();
