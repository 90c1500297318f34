/**
 * Whether bytes are well-formed UTF-8 (RFC 3629). A decoder that throws says the same, but at the price of an exception
 * for each bad line.
 */
export function isUtf8(bytes: Uint8Array): boolean {
  for (let index = 0; index < bytes.length; ) {
    const length = sequenceLength(bytes, index);
    if (length === 0) return false;
    index += length;
  }
  return true;
}

/** The length of the character that starts at `index`, or 0 when there is none. */
function sequenceLength(bytes: Uint8Array, index: number): number {
  const lead = bytes[index] as number;
  if (lead < 0x80) return 1;
  const length = lengthFromLead(lead);
  if (length === 0 || index + length > bytes.length) return 0;
  const second = bytes[index + 1] as number;
  if (second < lowestSecond(lead) || second > highestSecond(lead)) return 0;
  for (let offset = 2; offset < length; offset++) {
    if (((bytes[index + offset] as number) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

function lengthFromLead(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/** Overlong forms start lower. */
function lowestSecond(lead: number): number {
  if (lead === 0xe0) return 0xa0;
  return lead === 0xf0 ? 0x90 : 0x80;
}

/** Surrogates and what lies above U+10FFFF start higher. */
function highestSecond(lead: number): number {
  if (lead === 0xed) return 0x9f;
  return lead === 0xf4 ? 0x8f : 0xbf;
}
