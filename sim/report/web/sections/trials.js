// Trials made of the simulated patients: how the estimates of the replicates spread about the truth, power and size.
import { ink, strategyColor } from '../lib/colors.js';
import { labelOf, sections, strategies } from '../lib/data.js';
import { choice, h } from '../lib/dom.js';
import { chartFigure } from '../lib/figure.js';
import { count, decimalsFor, number, time as timeText } from '../lib/format.js';
import { font, textStyle, tip, tooltip, valueAxis } from '../lib/look.js';

const measures = {
  survival: { label: 'survival', factor: 100, unit: '%' },
  survival_difference: { label: 'difference in survival', factor: 100, unit: 'percentage points', zero: true },
  restricted_mean: { label: 'restricted mean', factor: 12, unit: 'months' },
  restricted_mean_difference: { label: 'difference in restricted means', factor: 12, unit: 'months', zero: true },
  log_hazard_ratio: { label: 'log hazard ratio', factor: 1, unit: '', zero: true },
};
const rowPixels = 26;

// [{name, label, rows}], in the order of the model.
function trialsOf({ columns, rows }) {
  const found = new Map();
  for (const values of rows) {
    const row = Object.fromEntries(columns.map((one, i) => [one.name, values[i]]));
    if (!found.has(row.trial)) found.set(row.trial, { name: row.trial, label: row.label, endpoint: row.endpoint, rows: [] });
    found.get(row.trial).rows.push(row);
  }
  return [...found.values()];
}

const armOf = (row) => (strategies.some((one) => one.name === row.strategy) ? labelOf(row.strategy) : row.strategy.split(' against ').map(labelOf).join(' against '));
const colorOf = (row) => (strategies.some((one) => one.name === row.strategy) ? strategyColor(row.strategy) : ink().text);
const nameOf = (row) => [row.time === null ? null : timeText(row.time), row.arm === 0 ? null : armOf(row)].filter(Boolean).join(', ') || armOf(row);

function words(row, { factor, unit }) {
  const decimals = decimalsFor((row.sd * factor) / 4);
  const text = (x) => number(x * factor, decimals);
  return { mean: `${text(row.estimate)}${unit === '%' ? ' %' : ''}`, spread: `${text(row.q025)} to ${text(row.q975)}`, truth: row.truth === null ? '–' : text(row.truth) };
}

// A row an arm and time: the middle 95 % of the replicates as a line, their mean as a square, the truth as a tick.
function spreadOption(rows, measure, { width, narrow }) {
  const left = narrow ? 120 : 230, right = narrow ? 120 : 190;
  const at = (row) => [row.estimate, row.q025, row.q975, row.truth ?? row.estimate].map((x) => x * measure.factor);
  const all = [...(measure.zero ? [0] : []), ...rows.flatMap(at)];
  const pad = (Math.max(...all) - Math.min(...all)) * 0.06 || 1;
  return {
    textStyle: textStyle(), grid: { left, right, top: 6, height: rows.length * rowPixels },
    xAxis: valueAxis({
      min: Math.min(...all) - pad, max: Math.max(...all) + pad, name: `${measure.label}${measure.unit ? ` [${measure.unit}]` : ''}`, nameLocation: 'middle', nameGap: 26, splitNumber: narrow ? 3 : 6,
      axisLabel: { color: ink().soft, fontFamily: font, fontSize: 11, showMinLabel: false, showMaxLabel: false, formatter: (x) => number(x, Number.isInteger(x) ? 0 : 1) },
    }),
    yAxis: {
      type: 'category', inverse: true, data: rows.map((_, i) => String(i)), axisTick: { show: false }, axisLine: { show: false },
      axisLabel: { fontFamily: font, interval: 0, width: left - 14, overflow: 'truncate', fontSize: narrow ? 10 : 12, color: ink().soft, formatter: (i) => nameOf(rows[i]) },
    },
    tooltip: tooltip({ trigger: 'item', formatter: ({ dataIndex }) => {
      const row = rows[dataIndex], text = words(row, measure);
      const covered = row.coverage === null ? [] : [[null, 'truth inside the 95 % interval', `in ${number(100 * row.coverage, 0)} % of replicates`]];
      return tip(nameOf(row), [[colorOf(row), 'mean of the replicates', text.mean], [null, 'middle 95 % of them', text.spread], [null, 'truth', text.truth], ...covered], `${count(row.patients)} patients, ${count(row.replicates)} replicates`);
    } }),
    series: [{
      type: 'custom', data: rows.map((row, i) => [at(row)[0], i]),
      markLine: measure.zero ? { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: ink().soft, type: 'solid', width: 1 }, data: [{ xAxis: 0 }] } : undefined,
      renderItem: (params, api) => {
        const row = rows[params.dataIndex], color = colorOf(row);
        const [middle, low, high, truth] = at(row).map((x) => api.coord([x, params.dataIndex]));
        const y = middle[1], text = words(row, measure);
        return { type: 'group', children: [
          { type: 'line', shape: { x1: low[0], x2: high[0], y1: y, y2: y }, style: { stroke: color, lineWidth: 2 } },
          ...(row.truth === null ? [] : [{ type: 'line', shape: { x1: truth[0], x2: truth[0], y1: y - 9, y2: y + 9 }, style: { stroke: ink().soft, lineWidth: 2 } }]),
          { type: 'rect', shape: { x: middle[0] - 4, y: y - 4, width: 8, height: 8 }, style: { fill: color } },
          { type: 'text', style: { x: width - right + 10, y, text: `${text.mean} (${text.spread})`, fill: ink().text, fontFamily: font, fontSize: narrow ? 9 : 12, verticalAlign: 'middle' } },
        ] };
      },
    }],
  };
}

function spread(trial) {
  const kinds = Object.keys(measures).filter((name) => trial.rows.some((row) => row.measure === name && row.sd !== null));
  if (kinds.length === 0) return null;
  let kind = kinds[kinds.length > 1 ? 1 : 0];
  const rows = () => trial.rows.filter((row) => row.measure === kind && row.sd !== null);
  const figure = chartFigure({
    title: () => `${trial.label}: ${measures[kind].label}`, className: 'forest',
    controls: kinds.length > 1 ? [choice('Number', kinds.map((value) => ({ value, label: measures[value].label })), kind, (value) => { kind = value; figure.redraw(); })] : [],
    note: () => (measures[kind].zero ? `${armOf(rows()[0])}. ` : '') + 'Square: mean of the replicates. Line: the middle 95 % of them. Tick: what all these patients show without the trial\u2019s censoring.',
    height: () => rows().length * rowPixels + 60, option: (size) => spreadOption(rows(), measures[kind], size),
    table: () => ({
      columns: ['measure', 'time [years]', 'arm', 'patients', 'replicates', 'mean', 'sd', '2.5 %', 'median', '97.5 %', 'truth', 'coverage'],
      rows: rows().map((row) => [row.measure, row.time, row.strategy, row.patients, row.replicates, row.estimate, row.sd, row.q025, row.q500, row.q975, row.truth, row.coverage]),
    }),
    describe: () => rows().map((row) => `${nameOf(row)}: ${words(row, measures[kind]).mean}, middle 95 % ${words(row, measures[kind]).spread}`).join('; ') + '.',
  });
  return figure.element;
}

// What the trial is worth, in words.
function lines(trial) {
  const share = (row) => `${number(100 * row.estimate, 1)} % (${number(100 * row.lower, 1)} to ${number(100 * row.upper, 1)})`;
  const size = (row) => (row.patients > 0 ? `${count(row.estimate)} patients in both arms${row.lower === null ? '' : ` (${count(row.lower)} to ${count(row.upper)})`}` : 'not found');
  const texts = {
    replicates: (row) => `${count(row.estimate)} replicates${row.arm === 0 && row.patients > 0 ? ` of ${count(row.patients)} patients` : ''}`,
    power: (row) => `Power of the test: ${share(row)}`,
    type_1_error: (row) => `Type I error of the test: ${share(row)}`,
    sample_size: (row) => `Size for the power wanted: ${size(row)}`,
    power_at_size: (row) => `Power simulated at that size: ${share(row)}`,
  };
  return h('ul', {}, trial.rows.filter((row) => row.measure in texts).map((row) => h('li', {}, [texts[row.measure](row), row.note].filter(Boolean).join('; '))));
}

export function trials() {
  if (!sections.trials) return null;
  return trialsOf(sections.trials).map((trial) => h('div', { class: 'wide' }, spread(trial), lines(trial)));
}
