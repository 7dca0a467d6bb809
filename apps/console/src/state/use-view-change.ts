import { useLayoutEffect, useRef } from 'preact/hooks';
import { hrefOf, type Route } from './route.ts';

/** Where a list was left, by view: going back from an incident leads there. */
type Places = Map<string, number>;

/** A new view starts at its top with its heading in focus; back from an incident, the list is where it was left. */
export function useViewChange(route: Route): void {
  const places = useRef<Places>(new Map());
  const before = useRef<Route | null>(null);
  const href = hrefOf(route);
  useLayoutEffect(() => {
    const from = before.current;
    before.current = route;
    const note = (): void => void places.current.set(href, window.scrollY);
    window.addEventListener('scroll', note, { passive: true });
    if (from !== null) {
      const top = from.view === 'incident' && route.view !== 'incident' ? places.current.get(href) : 0;
      window.scrollTo({ top: top ?? 0, behavior: 'instant' });
      document.querySelector<HTMLElement>('main h1[tabindex]')?.focus({ preventScroll: true });
    }
    return () => window.removeEventListener('scroll', note);
  }, [href]);
}
