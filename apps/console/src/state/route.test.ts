import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hrefOf, type Route, routeOf } from './route.ts';

it('finds each view by its own link, whatever an id holds', () => {
  const id = fc.string({ minLength: 1, unit: 'binary' }).filter((text) => text.isWellFormed());
  const route: fc.Arbitrary<Route> = fc.oneof(
    fc.constantFrom<Route>({ view: 'overview' }, { view: 'incidents' }, { view: 'alerts' }, { view: 'log' }),
    id.map((one): Route => ({ view: 'incident', id: one })),
  );
  fc.assert(fc.property(route, (one) => void expect(routeOf(hrefOf(one))).toEqual(one)));
});

it.each(['#main', '#token=abc', '#/nowhere', '#/alerts/1', '#/incidents/%E0%A4%A'])(
  'names no view by %s',
  (fragment) => expect(routeOf(fragment)).toBeNull(),
);

it('starts with the overview', () => expect(routeOf('')).toEqual({ view: 'overview' }));
