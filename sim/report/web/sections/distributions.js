// Every outcome that is a distribution (grades of CRS, causes of death): stacked bars, a bar a group and strategy.
import { ink, levelColor, textOn } from '../lib/colors.js';
import { cells } from '../lib/data.js';
import { h } from '../lib/dom.js';
import { chartFigure } from '../lib/figure.js';
import { estimate, number, time } from '../lib/format.js';
import { font, percentAxis, textStyle, tip, tooltip } from '../lib/look.js';
import { onChange, visibleStrategies } from '../lib/state.js';

const barPixels = 30;

// A bar for each group and strategy; one for all strategies where they do not differ.
function barsOf(list) {
  const groups = [...new Set(list.map((one) => one.group))], shown = visibleStrategies();
  return groups.flatMap((group) => {
    const own = list.filter((one) => one.group === group);
    const same = shown.every((one) => own.every((cell) => cell.rows.get(one.name)?.estimate === cell.rows.get(shown[0].name)?.estimate));
    return (same ? shown.slice(0, 1) : shown).map((one) => ({
      label: [group, same ? (shown.length > 1 ? 'all strategies' : one.label) : one.label].filter(Boolean).join(': '),
      rows: own.map((cell) => cell.rows.get(one.name)),
    }));
  });
}

function option(list, levels, { narrow, width }) {
  const bars = barsOf(list), left = width < 420 ? 120 : 200;
  return {
    textStyle: textStyle(), grid: { left, right: 24, top: 6, height: bars.length * barPixels },
    xAxis: percentAxis({ max: 1 }),
    yAxis: {
      type: 'category', inverse: true, data: bars.map((one) => one.label), axisTick: { show: false }, axisLine: { show: false },
      axisLabel: { color: ink().text, fontFamily: font, fontSize: narrow ? 10 : 12, width: left - 12, overflow: 'truncate', interval: 0 },
    },
    tooltip: tooltip({ trigger: 'item', formatter: ({ seriesIndex, dataIndex }) => {
      const row = bars[dataIndex].rows[seriesIndex], shown = estimate(row);
      return tip(`${bars[dataIndex].label}, ${levels[seriesIndex]}`, [[levelColor(seriesIndex, levels), shown.value, `(${shown.interval})`]], row.note || '95 % Monte Carlo interval');
    } }),
    series: levels.map((level, i) => ({
      type: 'bar', stack: 'all', name: level, barWidth: 20, color: levelColor(i, levels), itemStyle: { borderColor: ink().surface, borderWidth: 0.7 },
      data: bars.map((one) => one.rows[i]?.estimate ?? null), emphasis: { disabled: true },
      label: { show: true, fontFamily: font, fontSize: 10, color: textOn(levelColor(i, levels)), formatter: ({ value }) => (value >= (narrow ? 0.1 : 0.05) ? number(value * 100, 0) : '') },
    })),
  };
}

function figureOf(list) {
  const levels = [...new Set(list.map((one) => one.level))];
  const legend = h('ul', { class: 'legend' });
  const fill = () => legend.replaceChildren(...levels.map((one, i) => h('li', {}, h('span', { class: 'dot', style: `background:${levelColor(i, levels)}` }), one)));
  fill();
  onChange(fill);
  const when = list[0].extrapolated ? `At ${time(list[0].time)}: partly extrapolated.` : '';
  return chartFigure({
    title: list[0].label, controls: [legend], note: when, className: 'half', height: () => barsOf(list).length * barPixels + 40, option: (size) => option(list, levels, size),
    describe: () => barsOf(list).map((bar) => `${bar.label}: ${bar.rows.map((row) => `${row.level} ${estimate(row).value}`).join(', ')}`).join('. ') + '.',
    table: () => ({
      columns: ['strategy', 'group', 'level', 'share', 'lower 95 %', 'upper 95 %', 'patients'],
      rows: list.flatMap((cell) => visibleStrategies().map((one) => cell.rows.get(one.name)).filter(Boolean).map((row) => [row.strategy, row.group, row.level, row.estimate, row.lower, row.upper, row.n])),
    }),
  }).element;
}

export function distributions() {
  const lists = new Map();
  for (const cell of cells) {
    if (cell.kind !== 'distribution') continue;
    if (!lists.has(cell.outcome)) lists.set(cell.outcome, []);
    lists.get(cell.outcome).push(cell);
  }
  return lists.size ? [...lists.values()].map(figureOf) : null;
}
