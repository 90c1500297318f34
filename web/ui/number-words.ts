/** All digits, in groups: `12,400`. */
export function grouped(count: number): string {
  return count.toLocaleString("en");
}

/** A number with its noun: `1 entry`, `12,400 entries`. */
export function counted(count: number, one: string, many: string): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** Few characters for a large number: `946`, `3.1k`, `318k`, `2.4M`. */
export function shortCount(count: number): string {
  if (count < 1000) return String(count);
  if (count < 10_000) return `${(count / 1000).toFixed(1)}k`;
  if (count < 1_000_000) return `${Math.round(count / 1000)}k`;
  return `${(count / 1_000_000).toFixed(1)}M`;
}

/** An amount in the currency as the settings name it: a sign goes before it, a word after. Small ones keep their digits. */
export function moneyWords(amount: number, currency: string): string {
  const digits = amount > 0 && amount < 0.1 ? amount.toFixed(3) : amount.toFixed(2);
  return /^\p{L}/u.test(currency) ? `${digits} ${currency}` : `${currency}${digits}`;
}
