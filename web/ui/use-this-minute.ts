import { useEffect, useState } from "react";

const minuteMs = 60_000;

const minuteNow = (): number => Math.floor(Date.now() / minuteMs);

/** Minutes since 1970; renders again when one is over, so that "2 min" does not stand there for an hour. */
export function useThisMinute(): number {
  const [minute, setMinute] = useState(minuteNow);
  useEffect(() => {
    const timer = setTimeout(() => setMinute(minuteNow()), minuteMs - (Date.now() % minuteMs));
    return () => clearTimeout(timer);
  });
  return minute;
}
