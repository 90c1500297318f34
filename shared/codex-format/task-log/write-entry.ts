import type { TaskLogStyle } from "./task-log.ts";

/** The JSON text of an entry in the style of a file, from its first line's indentation on. */
export function writeEntry(entry: object, style: TaskLogStyle): string {
  const { eol, indentation, unit, space } = style;
  const members = Object.entries(entry).filter(([, value]) => value !== undefined);
  const texts = members.map(([key, value]) => `${JSON.stringify(key)}:${space}${writeValue(value, style)}`);
  if (unit === undefined) return `${indentation}{${texts.join(`,${space}`)}}`;
  const lines = texts.map((text) => indentation + unit + text);
  return `${indentation}{${eol}${lines.join(`,${eol}`)}${eol}${indentation}}`;
}

function writeValue(value: unknown, { eol, indentation, unit, space, arrays }: TaskLogStyle): string {
  if (!Array.isArray(value)) return JSON.stringify(value);
  const texts = value.map((item) => JSON.stringify(item));
  if (unit === undefined || arrays === "one-line" || texts.length === 0) return `[${texts.join(`,${space}`)}]`;
  const lines = texts.map((text) => indentation + unit + unit + text);
  return `[${eol}${lines.join(`,${eol}`)}${eol}${indentation}${unit}]`;
}
