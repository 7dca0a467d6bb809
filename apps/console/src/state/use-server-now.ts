import { useEffect, useRef, useState } from 'preact/hooks';

const TICK_MS = 5000;

/** NADIR's time, not this device's: what it was at the first answer plus what has passed since. */
export function useServerNow(firstNowUs: number): number {
  const startedMs = useRef(performance.now());
  const [nowUs, setNowUs] = useState(firstNowUs);
  useEffect(() => {
    const timer = setInterval(() => {
      setNowUs(firstNowUs + Math.round((performance.now() - startedMs.current) * 1000));
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [firstNowUs]);
  return nowUs;
}
