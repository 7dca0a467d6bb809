/** What the page shows; it stands in the fragment of the address, so that it can be linked and gone back to. */
export type Route =
  | { readonly view: 'overview' }
  | { readonly view: 'incidents' }
  | { readonly view: 'incident'; readonly id: string }
  | { readonly view: 'alerts' }
  | { readonly view: 'log' };

/** @returns null for a fragment that names no view, such as that of a login link. */
export function routeOf(fragment: string): Route | null {
  if (fragment === '' || fragment === '#' || fragment === '#/') return { view: 'overview' };
  const [, view, id] = /^#\/(incidents|alerts|log)(?:\/([^/]+))?$/.exec(fragment) ?? [];
  if (view === 'incidents') return id === undefined ? { view } : incidentRoute(id);
  if (id !== undefined) return null;
  return view === 'alerts' || view === 'log' ? { view } : null;
}

export function hrefOf(route: Route): string {
  switch (route.view) {
    case 'overview':
      return '#/';
    case 'incident':
      return `#/incidents/${encodeURIComponent(route.id)}`;
    case 'incidents':
    case 'alerts':
    case 'log':
      return `#/${route.view}`;
  }
}

function incidentRoute(encoded: string): Route | null {
  try {
    return { view: 'incident', id: decodeURIComponent(encoded) };
  } catch {
    return null;
  }
}
