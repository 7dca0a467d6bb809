export { createIncidents, type EmitIncident, type Incidents } from './incidents.ts';
export { LEVELS, levelRank } from './level.ts';
export { plainText } from './plain-text.ts';
export { DEFAULT_INCIDENT_SETTINGS, type IncidentSettings } from './settings.ts';
export { createWallClock, type WallTime } from './wall-clock.ts';
