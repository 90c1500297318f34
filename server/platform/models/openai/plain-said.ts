/** What a server said, made fit to be shown. */
import type { Secret } from "../../secret.ts";

const saidLimitBytes = 1_024;

/** Text of a server as plain text for a person: no tags, no control characters, no key, at most 1 kB. */
export function plainSaid(text: string, key: Secret | undefined): string | undefined {
  const bounded = text.slice(0, 65_536);
  const looksLikePage = /^\s*(<!doctype|<html|<\?xml|<head|<body)/i.test(bounded);
  const untagged = looksLikePage
    ? bounded.replace(/<(script|style|head)\b[\s\S]*?(<\/\1>|$)/gi, titleOf).replace(/<[^<>]*>/g, " ")
    : bounded;
  const masked = key === undefined ? untagged : withoutKey(untagged, key);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  const visible = masked.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/g, " ");
  const short = cutToBytes(visible.replace(/\s+/g, " ").trim(), saidLimitBytes);
  return short === "" ? undefined : short;
}

/** Also takes off the beginning of a key that the limit cut in two. */
function withoutKey(text: string, key: Secret): string {
  const value = key.reveal();
  if (value === "") return text;
  const masked = text.replaceAll(value, String(key));
  for (let length = value.length - 1; length > 3; length -= 1) {
    if (masked.endsWith(value.slice(0, length))) return masked.slice(0, -length);
  }
  return masked;
}

function titleOf(head: string): string {
  return ` ${/<title[^<>]*>([^<]*)/i.exec(head)?.[1] ?? ""} `;
}

function cutToBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text.toWellFormed());
  if (bytes.length <= limit) return text.toWellFormed();
  const cut = bytes
    .subarray(0, limit - 3)
    .toString("utf8")
    .replace(/\uFFFD+$/, "");
  return `${cut}…`;
}
