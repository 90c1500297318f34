const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const shapes = {
  weekday: { weekday: "short" },
  date: { day: "numeric", month: "short" },
  dateAndYear: { day: "numeric", month: "short", year: "numeric" },
  clock: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

/** Making a formatter costs more than a whole row of the page; each is made once. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function written(time: Date, shape: keyof typeof shapes, locale: string | undefined): string {
  const name = `${shape} ${locale ?? ""}`;
  const known = formatters.get(name) ?? new Intl.DateTimeFormat(locale, shapes[shape]);
  formatters.set(name, known);
  return known.format(time);
}

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
  if (days < 7) return written(time, "weekday", locale);
  if (time.getFullYear() === now.getFullYear()) return written(time, "date", locale);
  return String(time.getFullYear());
}

/** The time in a message's margin: `10:12`, `Tue 16:20`, `12 Nov 16:20`, `12 Nov 2024 16:20`. */
export function marginTime(time: Date, now: Date, locale?: string): string {
  if (Number.isNaN(time.getTime())) return "";
  const clock = written(time, "clock", locale);
  const days = daysBefore(time, now);
  if (days === 0) return clock;
  if (days > 0 && days < 7) return `${written(time, "weekday", locale)} ${clock}`;
  const isThisYear = time.getFullYear() === now.getFullYear();
  return `${written(time, isThisYear ? "date" : "dateAndYear", locale)} ${clock}`;
}

/** When something last happened, for a narrow column: `10:31`, `yesterday`, `Sat`, `14 Nov`, `14 Nov 2024`. */
export function clockOrDay(time: Date, now: Date, locale?: string): string {
  if (Number.isNaN(time.getTime())) return "";
  const days = daysBefore(time, now);
  if (days === 0) return written(time, "clock", locale);
  if (days === 1) return "yesterday";
  if (days > 1 && days < 7) return written(time, "weekday", locale);
  return written(time, time.getFullYear() === now.getFullYear() ? "date" : "dateAndYear", locale);
}

/** How long something took or takes: `0.8 s`, `38 s`, `2:05`, `1:02:05`. */
export function durationWords(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const two = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
