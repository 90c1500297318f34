/** Letters that decide; a longer text has shown its direction by then. */
const sampleLength = 4000;
const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}\p{Script=Mandaic}\p{Script=Samaritan}]/u;
const letters = /\p{L}/gu;

/**
 * The direction of a block of text by the majority of its letters, not by the first strong one: an Arabic title may
 * begin with a product's Latin name. Text without letters (numbers, code signs) is `auto`.
 */
export function directionOf(text: string): "ltr" | "rtl" | "auto" {
  let left = 0;
  let right = 0;
  for (const [letter] of text.slice(0, sampleLength).matchAll(letters)) {
    if (rightToLeft.test(letter)) right += 1;
    else left += 1;
  }
  if (left === 0 && right === 0) return "auto";
  return right > left ? "rtl" : "ltr";
}
