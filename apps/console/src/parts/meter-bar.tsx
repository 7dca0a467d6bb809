import { percent } from '../text/amount.ts';

const TIGHT = 0.8;
const FULL = 0.92;

/** A share of something that can run out; its colour says when it is about to. The bar repeats the number. */
export function MeterBar(props: {
  readonly label: string;
  readonly used: number | null;
  readonly note?: string;
}) {
  const { label, used, note } = props;
  const state = used === null ? 'none' : used >= FULL ? 'full' : used >= TIGHT ? 'tight' : 'fine';
  return (
    <div class={`meter meter-${state}`} title={note ? `${label}: ${note}` : label}>
      <span class="meter-label">{label}</span>
      <span class="meter-value">{used === null ? '–' : percent(used)}</span>
      <svg class="meter-bar" aria-hidden="true">
        <rect class="meter-track" width="100%" height="100%" rx="3" />
        <rect class="meter-fill" width={`${((used ?? 0) * 100).toFixed(1)}%`} height="100%" rx="3" />
      </svg>
    </div>
  );
}
