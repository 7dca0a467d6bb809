import type { Alert } from '@suite/event';
import type { Render } from './port.ts';
import { lineTexts, plainText, timeText, visible } from './wording.ts';

/** What a template may name, besides entities such as `source.address`. */
const FIELDS: Readonly<Record<string, (alert: Alert) => string>> = {
  id: ({ id }) => id,
  kind: ({ kind }) => kind,
  level: ({ level }) => level,
  time: ({ timeUs }) => timeText(timeUs),
  title: ({ title }) => title,
  text: ({ text }) => text,
  next: ({ next }) => next.map(visible).join('\n'),
  lines: (alert) => lineTexts(alert).join('\n'),
  body: plainText,
  incident: ({ incidentId = '' }) => incidentId,
};
const PLACE = /\{\{\s*([^{}]{1,64}?)\s*\}\}/g;
const ENTITY = /^[a-z][a-z_]*(?:\.[a-z_]+)+$/;

/** Names in a template that stand for nothing; empty when all is well. */
export function unknownPlaces(template: string): string[] {
  return [...template.matchAll(PLACE)]
    .map((match) => match[1]!)
    .filter((name) => !Object.hasOwn(FIELDS, name) && !ENTITY.test(name));
}

/**
 * `{{title}}`, `{{source.address}}` and so on become the alert's values; everything else stays. Values are put in
 * through `escapeValue`, once: what a line of a log holds is never read as a template.
 */
export function fillTemplate(
  template: string,
  escapeValue: (text: string) => string = (text) => text,
): Render {
  return (alert) =>
    template.replace(PLACE, (_whole, name: string) => {
      const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
      return escapeValue(field ? field(alert) : visible((alert.entities[name] ?? []).join(', ')));
    });
}

/** A value inside a JSON string. */
export function jsonEscape(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
