import type { ApiRate } from '@suite/api/contract';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

const HEIGHT = 130;

/** Bars of lines per bucket. The sentence above it says the same to those who do not see it. */
export function RateChart({ rate }: { readonly rate: ApiRate }) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const data = useRef<uPlot.AlignedData>([[], []]);
  data.current = [
    rate.buckets.map((bucket) => bucket.startUs / 1_000_000),
    rate.buckets.map((bucket) => bucket.count),
  ];

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const draw = (): void => {
      plot.current?.destroy();
      plot.current = new uPlot(options(element), data.current, element);
    };
    draw();
    const resized = new ResizeObserver(() => {
      plot.current?.setSize({ width: element.clientWidth, height: HEIGHT });
    });
    resized.observe(element);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    return () => {
      scheme.removeEventListener('change', draw);
      resized.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, []);

  useEffect(() => plot.current?.setData(data.current), [rate]);

  return <div ref={box} class="rate-chart" aria-hidden="true" />;
}

function options(element: HTMLElement): uPlot.Options {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const font = `11px ${token('--font-text')}`;
  const axis = { stroke: token('--ink-quiet'), font, ticks: { show: false } };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    padding: [8, 16, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      // A bar stands to the right of its time: the last one, which is now, needs room beyond it.
      x: { range: (plot, min, max) => [min, max + bucketSeconds(plot)] },
      y: { range: (_plot, _min, max) => [0, Math.max(5, max * 1.08)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 60,
        size: 24,
        values: (_plot, ticks) => ticks.map((tick) => hourAndMinute(tick)),
      },
      {
        ...axis,
        grid: { stroke: token('--line'), width: 1 },
        size: 44,
        space: 26,
        incrs: [
          1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 1_000_000,
        ],
      },
    ],
    series: [
      {},
      {
        fill: token('--accent'),
        width: 0,
        points: { show: false },
        ...(uPlot.paths.bars ? { paths: uPlot.paths.bars({ size: [0.82, 24], align: 1 }) } : {}),
      },
    ],
  };
}

function bucketSeconds({ data: [times] }: uPlot): number {
  return (times[1] ?? 60) - (times[0] ?? 0);
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const hourAndMinute = (seconds: number): string => clock.format(new Date(seconds * 1000));
