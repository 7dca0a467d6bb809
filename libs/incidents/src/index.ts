export {
  type Acknowledgement,
  type AlertDesk,
  type AlertEntry,
  createAlertDesk,
} from './alerts/desk.ts';
export { LONGEST_MUTE_US, type Mute, type MuteMatch, type MuteRequest } from './alerts/mute.ts';
export { type AlertSettings, DEFAULT_ALERT_SETTINGS } from './alerts/settings.ts';
export type { AlertSink } from './alerts/sink.ts';
export type { Maintenance, WeeklyWindow } from './alerts/window.ts';
export { createIncidents, type EmitIncident, type Incidents } from './incidents.ts';
export { DEFAULT_INCIDENT_SETTINGS, type IncidentSettings } from './settings.ts';
