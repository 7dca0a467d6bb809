import { percent } from '../text/amount.ts';

const TIGHT = 0.8;
const FULL = 0.92;

/** A share of something that can run out; its colour says when it is about to. */
export function MeterBar(props: {
  readonly label: string;
  readonly used: number | null;
  readonly note?: string;
}) {
  const { label, used, note } = props;
  const state = used === null ? 'none' : used >= FULL ? 'full' : used >= TIGHT ? 'tight' : 'fine';
  return (
    <div class="meter" title={note}>
      <span class="meter-label">{label}</span>
      <meter class={`meter-bar meter-${state}`} min={0} max={1} value={used ?? 0} aria-label={label}>
        {used === null ? 'unknown' : percent(used)}
      </meter>
      <span class="meter-value">{used === null ? '–' : percent(used)}</span>
    </div>
  );
}
