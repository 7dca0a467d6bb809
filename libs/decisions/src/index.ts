export { DecisionBook } from './book.ts';
export type { Bouncer } from './bouncer-keys.ts';
export type { Decision } from './decision.ts';
export { DecisionDesk, type DecisionDeskOptions } from './desk.ts';
export { type LapiOptions, lapiRoutes } from './lapi-routes.ts';
export { createNever, type NeverOptions } from './never.ts';
