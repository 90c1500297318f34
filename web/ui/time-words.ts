const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function startOfDay(time: Date): number {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
}

/** Whole calendar days from `time` to `now`, in the reader's zone. */
export function daysBefore(time: Date, now: Date): number {
  return Math.round((startOfDay(now) - startOfDay(time)) / day);
}

/** Room for one word at the end of a row: `now`, `5 min`, `2 h`, `Wed`, `12 Nov`, `2024`. */
export function shortAge(time: Date, now: Date, locale?: string): string {
  const age = now.getTime() - time.getTime();
  const days = daysBefore(time, now);
  if (Number.isNaN(age)) return "";
  if (age < minute) return "now";
  if (age < hour) return `${Math.floor(age / minute)} min`;
  if (days === 0) return `${Math.floor(age / hour)} h`;
  if (days < 7) return time.toLocaleDateString(locale, { weekday: "short" });
  if (time.getFullYear() === now.getFullYear())
    return time.toLocaleDateString(locale, { day: "numeric", month: "short" });
  return String(time.getFullYear());
}

/** The time in a message's margin: `10:12`, `Tue 16:20`, `12 Nov 16:20`, `12 Nov 2024 16:20`. */
export function marginTime(time: Date, now: Date, locale?: string): string {
  if (Number.isNaN(time.getTime())) return "";
  const clock = time.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const days = daysBefore(time, now);
  if (days === 0) return clock;
  if (days > 0 && days < 7) return `${time.toLocaleDateString(locale, { weekday: "short" })} ${clock}`;
  const isThisYear = time.getFullYear() === now.getFullYear();
  const date: Intl.DateTimeFormatOptions = {
    day: "numeric",
    month: "short",
    ...(isThisYear ? {} : { year: "numeric" }),
  };
  return `${time.toLocaleDateString(locale, date)} ${clock}`;
}
