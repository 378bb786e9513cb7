// Costs against effects: the plane of differences to the reference, and, where parameters were sampled, how often each
// strategy has the greatest net benefit at each threshold.
import { ink, strategyColor, strategyDash } from '../lib/colors.js';
import { cells, labelOf, others, reference, sections } from '../lib/data.js';
import { chartFigure } from '../lib/figure.js';
import { count, number } from '../lib/format.js';
import { percentAxis, textStyle, tip, tooltip, valueAxis } from '../lib/look.js';
import { isVisible, visibleStrategies } from '../lib/state.js';

const data = sections.economics;
const cellOf = (what) => cells.find((one) => one.outcome === what.outcome && one.measure === what.measure && one.level === what.level && one.group === '' && Math.abs(one.time - what.time) < 1e-9);
const samplesOf = (strategy) => data.samples.find((one) => one.strategy === strategy) ?? { cost: [], effect: [] };
const shownOthers = () => others.filter((one) => isVisible(one.name));

// Differences to the reference: of each sample, and of the results as a whole.
function points(strategy) {
  const own = samplesOf(strategy), base = samplesOf(reference);
  return own.cost.map((cost, i) => [own.effect[i] - base.effect[i], cost - base.cost[i]]).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
}
const named = (what) => `${what.label}${what.measure.startsWith('discounted') ? ', discounted' : ''}`;
const whole = (strategy, cost, effect) => [effect.rows.get(strategy), cost.rows.get(strategy)];

function planeOption(cost, effect, { narrow }) {
  const axis = (name, gap) => ({ name, nameLocation: 'middle', nameGap: gap, splitNumber: narrow ? 3 : 5 });
  const effects = shownOthers().flatMap((one) => [whole(one.name, cost, effect)[0].difference, ...points(one.name).map(([x]) => x)]);
  const middle = (Math.min(0, ...effects) + Math.max(0, ...effects)) / 2;  // names stand on the side with room
  return {
    textStyle: textStyle(), grid: { left: 84, right: 24, top: 20, bottom: 50 },
    xAxis: valueAxis({ ...axis(`difference in ${named(effect)} [${effect.unit}]`, 28), scale: false }),
    yAxis: valueAxis({ ...axis(`difference in ${named(cost)} [${cost.unit}]`, 68), axisLabel: { color: ink().soft, formatter: count } }),
    tooltip: tooltip({ trigger: 'item', formatter: ({ seriesName, value }) => {
      const [e, c] = whole(seriesName, cost, effect);
      return tip(labelOf(seriesName), [[null, effect.label, number(value[0], 3), `(mean ${number(e.difference_lower, 3)} to ${number(e.difference_upper, 3)})`], [null, cost.label, count(value[1]), `(mean ${count(c.difference_lower)} to ${count(c.difference_upper)})`]]);
    } }),
    series: shownOthers().flatMap((one) => {
      const [e, c] = whole(one.name, cost, effect);
      return [
        { type: 'scatter', name: one.name, symbolSize: 3, data: points(one.name), itemStyle: { color: strategyColor(one.name), opacity: 0.35 } },
        { type: 'scatter', name: one.name, symbolSize: 12, symbol: 'diamond', z: 5, data: [[e.difference, c.difference]], itemStyle: { color: strategyColor(one.name), borderColor: ink().surface, borderWidth: 1 },
          label: { show: true, position: e.difference > middle ? 'left' : 'right', formatter: labelOf(one.name), color: ink().text, fontSize: 11 }, labelLayout: { moveOverlap: 'shiftY', hideOverlap: false } },
      ];
    }),
  };
}

// At each threshold the share of samples in which the strategy's net benefit is greatest; ties go to the first.
function acceptability(strategies, thresholds) {
  const samples = strategies.map((one) => samplesOf(one.name)), n = samples[0].cost.length;
  return thresholds.map((threshold) => {
    const wins = strategies.map(() => 0);
    for (let i = 0; i < n; i++) {
      const benefit = samples.map((one) => threshold * one.effect[i] - one.cost[i]);
      wins[benefit.indexOf(Math.max(...benefit))] += 1 / n;
    }
    return wins;
  });
}

function acceptabilityFigure(cost) {
  const thresholds = Array.from({ length: 101 }, (_, i) => i * 1000);
  const lines = () => ({ shown: visibleStrategies(), shares: acceptability(visibleStrategies(), thresholds) });
  return chartFigure({
    title: 'Acceptability: how often each strategy has the greatest net benefit', height: () => 320,
    note: 'Over the samples of the parameters, among the strategies shown.',
    option: () => {
      const { shown, shares } = lines();
      return {
        textStyle: textStyle(), grid: { left: 60, right: 30, top: 20, bottom: 50 },
        xAxis: valueAxis({ min: 0, max: 100000, name: `threshold [${cost.unit} per unit of effect]`, nameLocation: 'middle', nameGap: 28, axisLabel: { color: ink().soft, formatter: count } }), yAxis: percentAxis(),
        tooltip: tooltip({ trigger: 'axis', formatter: (found) => tip(`Threshold ${count(found[0].axisValue)}`, found.map((one) => [one.color, labelOf(one.seriesName), `${number(one.value[1] * 100, 1)} %`])) }),
        series: shown.map((one, i) => ({ type: 'line', name: one.name, showSymbol: false, color: strategyColor(one.name), lineStyle: { width: 2, type: strategyDash(one.name) }, data: thresholds.map((x, j) => [x, shares[j][i]]) })),
      };
    },
    table: () => { const { shown, shares } = lines(); return { columns: ['threshold', ...shown.map((one) => one.name)], rows: thresholds.map((x, j) => [x, ...shares[j]]) }; },
  }).element;
}

export function economics() {
  if (!data) return null;
  const cost = cellOf(data.cost), effect = cellOf(data.effect);
  if (!cost || !effect || others.length === 0) return null;
  const plane = chartFigure({
    title: `Cost-effectiveness plane: differences to ${labelOf(reference)}`, height: () => 400, option: (size) => planeOption(cost, effect, size),
    note: 'Diamond: the results as a whole. Points: samples of the parameters, where there are any.',
    describe: () => shownOthers().map((one) => `${labelOf(one.name)}: ${number(effect.rows.get(one.name).difference, 3)} ${effect.unit}, ${count(cost.rows.get(one.name).difference)} ${cost.unit}`).join('; ') + '.',
    table: () => ({ columns: ['strategy', 'sample', `difference in effect [${effect.unit}]`, `difference in cost [${cost.unit}]`],
      rows: shownOthers().flatMap((one) => { const [e, c] = whole(one.name, cost, effect); return [[one.name, 'all', e.difference, c.difference], ...points(one.name).map((x, i) => [one.name, i + 1, ...x])]; }) }),
  });
  const sampled = samplesOf(reference).cost.length > 1;
  return [plane.element, sampled ? acceptabilityFigure(cost) : null];
}
