import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("../web/ui/theme.css", import.meta.url), "utf8");
type Side = "light" | "dark";

/** Relative luminance (WCAG 2) of an `oklch(L C H)` or `#rrggbb` colour. */
function luminance(colour: string): number {
  const hex = /^#([0-9a-f]{6})$/.exec(colour)?.[1];
  const linear = hex ? linearOfHex(hex) : linearOfOklch(colour);
  const [red, green, blue] = linear.map((channel) => Math.min(1, Math.max(0, channel))) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linearOfHex(hex: string): number[] {
  return [0, 2, 4].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
}

function linearOfOklch(colour: string): number[] {
  const [lightness = 0, chroma = 0, hue = 0] = (/^oklch\(([^)]+)\)$/.exec(colour)?.[1] ?? "").split(" ").map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

function token(name: string, side: Side): string {
  const value = new RegExp(
    `--${name}: light-dark\\(((?:oklch\\([^)]*\\)|#\\w+)), ((?:oklch\\([^)]*\\)|#\\w+))\\);`,
  ).exec(css);
  const found = value?.[side === "light" ? 1 : 2];
  if (found === undefined) throw new Error(`No token --${name}.`);
  return found;
}

function contrast(front: string, back: string, side: Side): number {
  const [low = 0, high = 0] = [luminance(token(front, side)), luminance(token(back, side))].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ["ground", "sheet", "raised", "sunken", "hover"];
const pairs: readonly (readonly [string, string, number])[] = [
  ...["ink", "ink-2", "ink-3"].flatMap((ink) => grounds.map((ground) => [ink, ground, 4.5] as const)),
  ...["ground", "sheet", "raised", "accent-wash"].map((ground) => ["accent", ground, 4.5] as const),
  ["ink", "accent-wash", 7],
  ["on-accent", "accent", 4.5],
  ["on-marker", "marker", 7],
  ["ink", "marker-wash", 4.5],
  ["good", "good-wash", 4.5],
  ["bad", "bad-wash", 4.5],
  ["ink", "bad-wash", 7],
  ["good", "sheet", 4.5],
  ["bad", "sheet", 4.5],
  ["sheet", "ink", 7],
  ["edge", "raised", 3],
  ["edge", "sheet", 3],
  ...["key", "string", "number", "comment"].map((part) => [`code-${part}`, "sunken", 4.5] as const),
];

describe("colour roles", () => {
  it.each(["light", "dark"] as const)("every pair that meets on a screen can be read, %s", (side) => {
    const weak = pairs
      .map(([front, back, least]) => ({ pair: `${front} on ${back}`, least, is: contrast(front, back, side) }))
      .filter(({ is, least }) => is < least);
    expect(weak).toEqual([]);
  });

  it("measures as WCAG does", () => {
    expect(luminance("#ffffff")).toBeCloseTo(1, 3);
    expect(luminance("oklch(1 0 0)")).toBeCloseTo(1, 3);
    expect(contrast("ink", "sheet", "light")).toBeCloseTo(15.9, 0);
  });
});
