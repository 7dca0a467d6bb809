import type { Level } from '@suite/api/contract';

const LABEL: Record<Level, string> = {
  informational: 'Info',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
};

export function LevelBadge({ level }: { readonly level: Level }) {
  return <span class={`badge badge-${level}`}>{LABEL[level]}</span>;
}
