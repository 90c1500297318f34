import type { Egress } from "../platform/egress.ts";
import { Problem } from "../platform/problem.ts";
import { readBytes } from "../platform/read-body.ts";
import { imageType } from "./image-type.ts";

const limitBytes = 20 * 1024 * 1024;
const timeoutMs = 15_000;

/**
 * Fetches a remote picture after a person clicked on it: from public addresses only, without cookies, referrer or
 * any of our keys. Answers its bytes and the type found in them.
 * @throws Problem 422 `upstream` with the reason
 */
export async function fetchImage(
  egress: Egress,
  url: string,
  signal: AbortSignal,
): Promise<{ bytes: Buffer; type: string }> {
  const response = await egress.open({
    url,
    headers: { accept: "image/avif,image/webp,image/png,image/jpeg,image/gif" },
    signal,
  });
  if (response.type === "failure") throw refused(response.reason);
  if (response.status !== 200) {
    response.body.destroy();
    throw refused(`the server answered ${response.status}`);
  }
  const body = await readBytes(response.body, { limitBytes, timeoutMs });
  if (body.type === "failure") throw refused(body.reason);
  const type = imageType(body.bytes);
  if (type === undefined) throw refused("it is not a PNG, JPEG, GIF, WebP or AVIF picture");
  return { bytes: body.bytes, type };
}

function refused(reason: string): Problem {
  return new Problem("upstream", 422, `The picture was not loaded: ${reason}.`);
}
