import { describe, expect, it } from "vitest";
import { Problem } from "../problem.ts";
import { allowedHostsFor, guardRequest } from "./request-guard.ts";

const hosts = allowedHostsFor(4747, ["folio.home:8443"]);

function statusOf(method: string, headers: Readonly<Record<string, string>>): number {
  try {
    guardRequest({ method, header: (name) => headers[name] }, hosts);
    return 200;
  } catch (error) {
    if (error instanceof Problem) return error.status;
    throw error;
  }
}

const json = { host: "127.0.0.1:4747", "content-type": "application/json" };
const ours = { ...json, origin: "http://127.0.0.1:4747", "sec-fetch-site": "same-origin" };

describe("guardRequest", () => {
  it.each(["127.0.0.1:4747", "localhost:4747", "LOCALHOST:4747", "[::1]:4747", "folio.home:8443"])(
    "answers to %s",
    (host) => {
      expect(statusOf("GET", { host })).toBe(200);
    },
  );

  it.each([
    "evil.example",
    "127.0.0.1",
    "127.0.0.1:4748",
    "localhost:4747.evil.example",
    "folio.home",
    "0.0.0.0:4747",
    "",
  ])("does not answer to a re-bound name: %s", (host) => expect(statusOf("GET", { host })).toBe(421));

  it("does not answer without a host", () => expect(statusOf("GET", {})).toBe(421));

  it("takes a change from its own page", () => expect(statusOf("POST", ours)).toBe(200));

  it("takes a change from a script that sends no browser headers", () => expect(statusOf("POST", json)).toBe(200));

  it.each([
    ["another site", { ...ours, "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
    ["another port of this computer", { ...ours, "sec-fetch-site": "same-site", origin: "http://127.0.0.1:3000" }],
    ["a foreign origin alone", { ...json, origin: "https://evil.example" }],
    ["an opaque origin", { ...json, origin: "null" }],
    ["a typed address", { ...ours, "sec-fetch-site": "none" }],
    ["a form of an old browser: cookie, but neither origin nor fetch headers", { ...json, cookie: "folio-4747=x" }],
  ])("refuses a change from %s", (_, headers) => expect(statusOf("POST", headers)).toBe(403));

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])(
    "refuses a change that is %s",
    (type) => expect(statusOf("POST", { ...ours, "content-type": type })).toBe(415),
  );

  it("lets a link from elsewhere open the page, and nothing else of it", () => {
    const link = {
      host: "localhost:4747",
      "sec-fetch-site": "cross-site",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
    };
    expect(statusOf("GET", link)).toBe(200);
    expect(statusOf("GET", { ...link, "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" })).toBe(403);
    expect(statusOf("GET", { ...link, "sec-fetch-dest": "iframe" })).toBe(403);
    expect(
      statusOf("GET", { ...link, "sec-fetch-site": "same-site", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" }),
    ).toBe(403);
  });

  it.each(["OPTIONS", "TRACE", "CONNECT", "PROPFIND"])("does not know %s", (method) =>
    expect(statusOf(method, json)).toBe(405),
  );
});
