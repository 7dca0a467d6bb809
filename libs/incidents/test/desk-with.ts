import { type AlertDesk, type AlertSettings, createAlertDesk, DEFAULT_ALERT_SETTINGS } from '../src/index.ts';

export const deskWith = (settings: Partial<AlertSettings> = {}): AlertDesk =>
  createAlertDesk({ ...DEFAULT_ALERT_SETTINGS, ...settings });

/** What is due, by incident. */
export const told = (desk: AlertDesk) => desk.due().map(({ incidentId, kind }) => incidentId ?? kind);
/** What became of each, oldest first. */
export const outcomes = (desk: AlertDesk) =>
  desk
    .entries()
    .map(({ outcome, why }) => `${outcome}: ${why}`)
    .reverse();
