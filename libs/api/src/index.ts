export { type Access, type AccessOptions, createAccess, SESSION_COOKIE, type Session } from './access.ts';
export { type ApiOptions, apiRoutes } from './api-routes.ts';
export type { Health } from './health.ts';
export { isoFromUs, usFromIso } from './iso-time.ts';
export { createLiveFeed, type LiveFeed, type LiveSubscriber } from './live-feed.ts';
export type { OperatorDesk } from './operator-desk.ts';
export { DEFAULT_PATIENCE, type NodePatience } from './views/node.ts';
