import { useEffect, useState } from 'preact/hooks';
import { type Route, routeOf } from './route.ts';

/** The view that the address names; one that it does not name changes nothing. */
export function useRoute(): Route {
  const [route, setRoute] = useState<Route>(() => routeOf(location.hash) ?? { view: 'overview' });
  useEffect(() => {
    const moved = (): void => setRoute((before) => routeOf(location.hash) ?? before);
    window.addEventListener('hashchange', moved);
    return () => window.removeEventListener('hashchange', moved);
  }, []);
  return route;
}
