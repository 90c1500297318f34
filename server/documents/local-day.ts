/** `YYYY-MM-DD` of the computer's own time zone. */
export function localDay(at: Date): string {
  const part = (value: number): string => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${part(at.getMonth() + 1)}-${part(at.getDate())}`;
}
