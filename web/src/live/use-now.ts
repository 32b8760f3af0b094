import { useEffect, useState } from "react";

/** The wall clock, milliseconds, each second; for ages of what was heard, never for chain time. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
