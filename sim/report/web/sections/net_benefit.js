// The strategies by rising cost with their increments, ratios and standing; net benefit by threshold, with the band of
// its Monte Carlo error.
import { ink, strategyColor, strategyDash } from '../lib/colors.js';
import { labelOf, reference } from '../lib/data.js';
import { h } from '../lib/dom.js';
import { chartFigure } from '../lib/figure.js';
import { count, decimalsFor, fileName, number, signed } from '../lib/format.js';
import { textStyle, tip, tooltip, valueAxis } from '../lib/look.js';
import { saveCsv } from '../lib/save.js';
import { isVisible, visibleStrategies } from '../lib/state.js';
import { scrolling } from '../lib/table.js';
import { lastThreshold, perEffect, thresholdsOf, withError } from '../lib/worth.js';

const cell = (value, interval) => h('td', { class: 'number' }, h('span', { class: 'value' }, value), interval ? h('span', { class: 'interval' }, interval) : null);
function figureCell(value, se, write) {
  if (value === null) return h('td', {});
  const decimals = se > 0 ? decimalsFor(se) : 1;
  const { lower, upper } = withError(value, se);
  return cell(write(value, decimals), se > 0 ? `${write(lower, decimals)} to ${write(upper, decimals)}` : '');
}

function ratioCell(row) {
  if (row.icer === null) return h('td', {});
  const ends = `${count(row.icer_lower)} to ${count(row.icer_upper)}`;
  const interval = { bounded: ends, 'all but': `all but ${ends}`, everything: 'no bound' }[row.icer_interval] ?? '';
  return h('td', { class: 'number', title: row.note || null }, h('span', { class: 'value' }, count(row.icer)), h('span', { class: 'interval' }, interval));
}

function statusCell(row) {
  const by = [row.by, row.and_by].filter(Boolean).map(labelOf).join(' and ');
  return h('td', { 'data-strategy': row.strategy, 'data-status': row.status }, h('span', { class: 'status' }, row.status),
    by ? h('span', { class: 'interval' }, `${row.status === 'equal' ? 'to' : 'by'} ${by}`) : null,
    row.status_resolved ? null : h('span', { class: 'interval far' }, 'not resolved'));
}

// For those who read league tables. `view` changes with the choice above: drawn anew by the caller.
export function leagueTable(view) {
  const rows = [...view.points.values()].map((one) => one.row).filter((row) => isVisible(row.strategy));
  const heads = ['Strategy', `Costs [${view.currency}]`, view.effectUnit === 'QALYs' ? 'QALYs' : 'Life years', 'Increment of costs', 'of the effect', 'than', `ICER [${perEffect(view)}]`, 'Status'];
  const table = h('table', { class: 'outcomes league' }, h('thead', {}, h('tr', {}, heads.map((one) => h('th', { scope: 'col', class: one === 'than' || one === 'Status' ? 'words' : null }, one)))),
    h('tbody', {}, rows.map((row) => h('tr', {}, h('th', { scope: 'row' }, h('span', { class: 'dot', style: `background:${strategyColor(row.strategy)}` }), labelOf(row.strategy)),
      figureCell(row.cost, row.cost_se, number), figureCell(row.effect, row.effect_se, number), figureCell(row.increment_cost, row.increment_cost_se, signed),
      figureCell(row.increment_effect, row.increment_effect_se, signed), h('td', {}, row.against ? labelOf(row.against) : ''), ratioCell(row), statusCell(row)))));
  const save = () => saveCsv(fileName(`cost effectiveness ${view.label}`), { columns: Object.keys(rows[0] ?? {}), rows: rows.map((row) => Object.values(row)) });
  return [scrolling('Strategies by cost, with increments and status', table),
    h('div', { class: 'actions' }, h('button', { type: 'button', class: 'save', onclick: save }, 'Save as CSV'))];
}

// Net benefit beyond the reference's: k e - c, its variance k^2 Ve - 2 k C + Vc.
function benefit({ cost, effect, covariance }, threshold) {
  const variance = threshold ** 2 * effect.se ** 2 - 2 * threshold * covariance + cost.se ** 2;
  return withError(threshold * effect.value - cost.value, Math.sqrt(Math.max(0, variance)));
}

function band(lines, color) {
  return {
    type: 'custom', silent: true, tooltip: { show: false }, data: [[0, 0]], z: 1, clip: true,
    renderItem: (_, api) => ({ type: 'polygon', style: { fill: color, opacity: 0.18 }, shape: { points: [
      ...lines.map(([x, one]) => api.coord([x, one.upper])), ...[...lines].reverse().map(([x, one]) => api.coord([x, one.lower]))] } }),
  };
}

const steps = 100;
function curves(view) {
  const last = lastThreshold(view);
  return visibleStrategies().filter((one) => view.points.has(one.name)).map((one) => ({
    name: one.name, values: Array.from({ length: steps + 1 }, (_, i) => [i * last / steps, benefit(view.points.get(one.name), i * last / steps)]),
  }));
}

function bestAt(view, threshold) {
  const rows = view.benefits.filter((one) => one.threshold === threshold), best = rows.find((one) => one.best === 1);
  if (!best) return null;
  const others = rows.filter((one) => one.best !== 1 && one.may_be_best === 1).map((one) => labelOf(one.strategy));
  return `${number(threshold, Number.isInteger(threshold) ? 0 : 2)}: ${labelOf(best.strategy)}${others.length ? ` (Monte Carlo error leaves open: ${others.join(', ')})` : ''}`;
}

export function netBenefitFigure(current) {
  return chartFigure({
    title: () => `Net benefit by threshold, beyond that of ${labelOf(reference)}`, height: () => 340,
    note: () => {
      const best = thresholdsOf(current()).map((one) => bestAt(current(), one)).filter(Boolean);
      return `Threshold × effect − cost, with the band of its 95 % Monte Carlo interval.${best.length ? ` Greatest at ${best.join('; at ')}.` : ''}`;
    },
    option: ({ narrow }) => {
      const view = current(), lines = curves(view);
      return {
        textStyle: textStyle(), grid: { left: 84, right: 30, top: 20, bottom: 50 },
        xAxis: valueAxis({ min: 0, max: lastThreshold(view), splitNumber: narrow ? 3 : 5, name: `threshold [${perEffect(view)}]`, nameLocation: 'middle', nameGap: 28, axisLabel: { color: ink().soft, formatter: count } }),
        yAxis: valueAxis({ name: `net benefit [${view.currency}]`, nameLocation: 'middle', nameGap: 68, splitNumber: narrow ? 3 : 5, axisLabel: { color: ink().soft, formatter: count } }),
        tooltip: tooltip({ trigger: 'axis', formatter: (found) => tip(`Threshold ${count(found[0].axisValue)}`, found.map((one) => {
          const { lower, upper } = benefit(view.points.get(one.seriesName), one.value[0]);
          return [one.color, labelOf(one.seriesName), signed(one.value[1], 0), lower === upper ? '' : `(${count(lower)} to ${count(upper)})`];
        }), '95 % Monte Carlo interval') }),
        series: [
          ...lines.map((line) => band(line.values, strategyColor(line.name))),
          ...lines.map((line, i) => ({
            type: 'line', name: line.name, showSymbol: false, z: 3, color: strategyColor(line.name), lineStyle: { width: 2, type: strategyDash(line.name) },
            data: line.values.map(([x, one]) => [x, one.value]),
            markLine: i > 0 ? undefined : { silent: true, symbol: 'none', lineStyle: { color: ink().soft, type: 'dotted' }, label: { show: false }, data: thresholdsOf(view).map((xAxis) => ({ xAxis })) },
          })),
        ],
      };
    },
    describe: () => thresholdsOf(current()).map((one) => bestAt(current(), one)).filter(Boolean).join('; '),
    table: () => ({ columns: ['strategy', 'threshold', 'net benefit beyond the reference', 'lower 95 %', 'upper 95 %'],
      rows: curves(current()).flatMap((line) => line.values.map(([x, one]) => [line.name, x, one.value, one.lower, one.upper])) }),
  });
}
