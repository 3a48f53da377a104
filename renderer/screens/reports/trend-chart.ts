import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { onSystemTheme, tokenColour } from '../../theme/theme.ts';

/* The one file that knows uPlot. */

export interface TrendData {
  /** The first days, as texts, and what to count up to each of them. */
  readonly dates: readonly string[];
  readonly dials: readonly number[];
  readonly talks: readonly number[];
}

const HEIGHT_PX = 240;

/** Draws dials and talks over the days. The table beside it says the same in numbers. */
export function mountTrend(place: HTMLElement, data: TrendData): () => void {
  let chart: uPlot | null = null;
  const draw = () => {
    chart?.destroy();
    chart = new uPlot(optionsFor(data, place.clientWidth), rowsOf(data), place);
  };
  draw();
  const sizes = new ResizeObserver(() => chart?.setSize({ width: place.clientWidth, height: HEIGHT_PX }));
  sizes.observe(place);
  const themes = new MutationObserver(draw);
  themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const stop = onSystemTheme(draw);
  return () => {
    sizes.disconnect();
    themes.disconnect();
    stop();
    chart?.destroy();
  };
}

function rowsOf({ dates, dials, talks }: TrendData): uPlot.AlignedData {
  return [dates.map((_, nth) => nth), [...dials], [...talks]];
}

function optionsFor({ dates }: TrendData, width: number): uPlot.Options {
  const [text, line, us, them] = [
    tokenColour('--muted'),
    tokenColour('--line'),
    tokenColour('--state-ready'),
    tokenColour('--state-connected'),
  ];
  const axis = { stroke: text, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } };
  const isFew = dates.length < 60;
  return {
    width,
    height: HEIGHT_PX,
    scales: { x: { time: false }, y: { range: (_chart, _min, max) => [0, Math.max(4, max * 1.1)] } },
    legend: { show: false },
    cursor: { y: false },
    axes: [
      {
        ...axis,
        values: (_chart, places) => places.map((nth) => (Number.isInteger(nth) ? (dates[nth] ?? '') : '')),
      },
      { ...axis, size: 56 },
    ],
    series: [
      {},
      { label: 'Dials', stroke: us, width: 2, points: { show: isFew } },
      { label: 'Talks', stroke: them, width: 2, dash: [6, 4], points: { show: isFew } },
    ],
  };
}
