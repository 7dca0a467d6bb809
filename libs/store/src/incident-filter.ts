/** The filters of a listing of incidents, each with the name of the entity that it looks at. */
export const INCIDENT_FILTERS = {
  host: 'host.name',
  address: 'source.address',
  user: 'user.name',
} as const;

export type IncidentFilter = keyof typeof INCIDENT_FILTERS;
