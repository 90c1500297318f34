/** Names and headings as people write them, made comparable. */

const PICTURES = /\p{Extended_Pictographic}|[\u{1f3fb}-\u{1f3ff}]|\u200d|\ufe0f|\u20e3/gu;

/** Without emoji and the blanks around them. */
export function withoutPictures(text: string): string {
  return text.replace(PICTURES, "").replace(/\s+/g, " ").trim();
}

/** Without emoji, marks of emphasis and code, a remark in brackets at the end and a colon; in lower case. */
export function comparableName(text: string): string {
  const plain = withoutPictures(text.replace(/[*`]/g, "")).toLowerCase();
  const bracket = plain.endsWith(")") ? plain.lastIndexOf("(") : -1;
  const name = (bracket > 0 ? plain.slice(0, bracket) : plain).trim();
  return name.endsWith(":") ? name.slice(0, -1).trim() : name;
}

/** Without the marks of emphasis and code around the whole. */
export function unmarked(text: string): string {
  return text.replace(/[*`]/g, "").trim();
}

/** A key made from a name: `Data Wizard` becomes `data_wizard`. A name without such letters stays. */
export function keyFromName(name: string): string {
  const plain = unmarked(name).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain.match(/[a-z0-9_-]+/g)?.join("_") ?? "";
  const key = words.replace(/^[_-]+/, "").replace(/_{2,}/g, "_");
  return key === "" ? name.trim() : key;
}
