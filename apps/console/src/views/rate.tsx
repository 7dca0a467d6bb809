import type { ApiRate } from '@suite/api/contract';
import { useState } from 'preact/hooks';
import { Choice } from '../parts/choice.tsx';
import { Empty, Notice } from '../parts/notice.tsx';
import { usePolled } from '../state/use-polled.ts';
import { grouped, plural } from '../text/amount.ts';
import { RateChart } from './rate-chart.tsx';

type Span = 'hour' | 'day';
const SPANS = {
  hour: { lastSeconds: 3600, bucketSeconds: 60 },
  day: { lastSeconds: 86_400, bucketSeconds: 900 },
};
const REFRESH_MS = 20_000;

export function Rate({ first }: { readonly first: ApiRate }) {
  const [span, setSpan] = useState<Span>('hour');
  return (
    <section class="panel rate" aria-labelledby="rate-title">
      <div class="panel-head">
        <h2 id="rate-title">Lines</h2>
        <Choice
          label="Time shown"
          options={[
            ['hour', 'Last hour'],
            ['day', 'Last day'],
          ]}
          chosen={span}
          onChoose={setSpan}
        />
      </div>
      <Series key={span} span={span} first={first} />
    </section>
  );
}

function Series({ span, first }: { readonly span: Span; readonly first: ApiRate }) {
  const { data, problem } = usePolled<ApiRate>('/api/v1/rate', SPANS[span], REFRESH_MS, first);
  const total = data.buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  const most = data.buckets.reduce((top, bucket) => Math.max(top, bucket.count), 0);
  const per = data.bucketSeconds === 60 ? 'a minute' : `in ${Math.round(data.bucketSeconds / 60)} minutes`;
  return (
    <>
      {problem !== null && <Notice kind="problem">{problem}</Notice>}
      {total === 0 ? (
        <Empty title={`No line in the last ${span}.`}>
          When a node writes to a log that TOM follows, it shows here within seconds.
        </Empty>
      ) : (
        <>
          <p class="quiet">
            {plural(total, 'line')} in the last {span}, at most {grouped(most)} {per}.
          </p>
          <RateChart rate={data} />
        </>
      )}
    </>
  );
}
