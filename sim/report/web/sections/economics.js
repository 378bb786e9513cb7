// Costs against effects: the plane of differences to the reference with the efficiency frontier, the strategies with
// their increments and status, net benefit by threshold, and, where parameters were sampled, how often each strategy has
// the greatest net benefit.
import { ink, strategyColor, strategyDash } from '../lib/colors.js';
import { labelOf, others, reference, sections } from '../lib/data.js';
import { choice, h } from '../lib/dom.js';
import { chartFigure } from '../lib/figure.js';
import { count, number } from '../lib/format.js';
import { percentAxis, textStyle, tip, tooltip, valueAxis } from '../lib/look.js';
import { isVisible, onChange, visibleStrategies } from '../lib/state.js';
import { lastThreshold, perEffect, views } from '../lib/worth.js';
import { leagueTable, netBenefitFigure } from './net_benefit.js';

const data = sections.economics;
const samplesOf = (strategy) => data.samples?.find((one) => one.strategy === strategy) ?? { cost: [], effect: [] };

// Each sample's differences to the reference.
function cloud(view, strategy) {
  if (!view.sampled) return [];
  const own = samplesOf(strategy), base = samplesOf(reference);
  return own.cost.map((cost, i) => [own.effect[i] - base.effect[i], cost - base.cost[i]]).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
}
const shownPoints = (view) => [...view.points].filter(([name, one]) => isVisible(name) && one.effect.value !== null && one.cost.value !== null).map(([name, one]) => ({ name, ...one }));

function frontierLine(view) {
  const members = view.frontier.filter(isVisible);
  if (members.length < 2) return [];
  return [{ type: 'line', name: 'frontier', silent: true, tooltip: { show: false }, symbol: 'none', z: 4, lineStyle: { color: ink().soft, width: 1.5 },
    data: members.map((name) => [view.points.get(name).effect.value, view.points.get(name).cost.value]) }];
}

function planeOption(view, { narrow }) {
  const axis = (name, gap) => ({ name, nameLocation: 'middle', nameGap: gap, splitNumber: narrow ? 3 : 5 });
  const points = shownPoints(view);
  const effects = points.flatMap((one) => [one.effect.value, ...cloud(view, one.name).map(([x]) => x)]);
  const middle = (Math.min(0, ...effects) + Math.max(0, ...effects)) / 2;  // names stand on the side with room
  return {
    textStyle: textStyle(), grid: { left: 84, right: 24, top: 20, bottom: 50 },
    xAxis: valueAxis({ ...axis(`difference in ${view.effectName} [${view.effectUnit}]`, 28), scale: false }),
    yAxis: valueAxis({ ...axis(`difference in ${view.costName} [${view.currency}]`, 68), axisLabel: { color: ink().soft, formatter: count } }),
    tooltip: tooltip({ trigger: 'item', formatter: ({ seriesName, value }) => {
      const { effect, cost } = view.points.get(seriesName);
      return tip(labelOf(seriesName), [[null, view.effectName, number(value[0], 3), `(mean ${number(effect.lower, 3)} to ${number(effect.upper, 3)})`], [null, view.costName, count(value[1]), `(mean ${count(cost.lower)} to ${count(cost.upper)})`]]);
    } }),
    series: [...frontierLine(view), ...points.flatMap((one) => [
      { type: 'scatter', name: one.name, symbolSize: 3, data: cloud(view, one.name), itemStyle: { color: strategyColor(one.name), opacity: 0.35 } },
      { type: 'scatter', name: one.name, symbolSize: 12, symbol: 'diamond', z: 5, data: [[one.effect.value, one.cost.value]], itemStyle: { color: strategyColor(one.name), borderColor: ink().surface, borderWidth: 1 },
        label: { show: true, position: one.effect.value > middle ? 'left' : 'right', formatter: labelOf(one.name), color: ink().text, fontSize: 11, lineHeight: 14, width: narrow ? 96 : 240, overflow: 'break' }, labelLayout: { moveOverlap: 'shiftY', hideOverlap: false } },
    ])],
  };
}

function planeFigure(current) {
  const notes = () => [current().frontier.length > 1 ? 'Line: the efficiency frontier, strategies that are neither dominated nor extendedly dominated.' : null,
    'Diamond: the results as a whole.', current().sampled && samplesOf(reference).cost.length > 1 ? 'Points: samples of the parameters.' : null].filter(Boolean).join(' ');
  return chartFigure({
    title: `Cost-effectiveness plane: differences to ${labelOf(reference)}`, height: () => 400, option: (size) => planeOption(current(), size), note: notes,
    describe: () => shownPoints(current()).map((one) => `${labelOf(one.name)}: ${number(one.effect.value, 3)} ${current().effectUnit}, ${count(one.cost.value)} ${current().currency}`).join('; ') + '.',
    table: () => ({ columns: ['strategy', 'sample', `difference in effect [${current().effectUnit}]`, `difference in cost [${current().currency}]`],
      rows: shownPoints(current()).flatMap((one) => [[one.name, 'all', one.effect.value, one.cost.value], ...cloud(current(), one.name).map((x, i) => [one.name, i + 1, ...x])]) }),
  });
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

function acceptabilityFigure(view) {
  const last = lastThreshold(view), thresholds = Array.from({ length: 101 }, (_, i) => i * last / 100);
  const lines = () => ({ shown: visibleStrategies(), shares: acceptability(visibleStrategies(), thresholds) });
  return chartFigure({
    title: 'Acceptability: how often each strategy has the greatest net benefit', height: () => 320,
    note: 'Over the samples of the parameters, among the strategies shown; the noise within the samples is in it. The column acceptability_corrected of the outcomes is without that noise.',
    option: () => {
      const { shown, shares } = lines();
      return {
        textStyle: textStyle(), grid: { left: 60, right: 30, top: 20, bottom: 50 },
        xAxis: valueAxis({ min: 0, max: last, name: `threshold [${perEffect(view)}]`, nameLocation: 'middle', nameGap: 28, axisLabel: { color: ink().soft, formatter: count } }), yAxis: percentAxis(),
        tooltip: tooltip({ trigger: 'axis', formatter: (found) => tip(`Threshold ${count(found[0].axisValue)}`, found.map((one) => [one.color, labelOf(one.seriesName), `${number(one.value[1] * 100, 1)} %`])) }),
        series: shown.map((one, i) => ({ type: 'line', name: one.name, showSymbol: false, color: strategyColor(one.name), lineStyle: { width: 2, type: strategyDash(one.name) }, data: thresholds.map((x, j) => [x, shares[j][i]]) })),
      };
    },
    table: () => { const { shown, shares } = lines(); return { columns: ['threshold', ...shown.map((one) => one.name)], rows: thresholds.map((x, j) => [x, ...shares[j]]) }; },
  }).element;
}

export function economics() {
  if (views.length === 0) return null;
  let view = views.find((one) => one.sampled) ?? views[0];
  const current = () => view, tabulated = Boolean(data.cost_effectiveness);
  const plane = others.length > 0 ? planeFigure(current) : null, benefits = tabulated && others.length > 0 ? netBenefitFigure(current) : null;
  const league = h('div', { class: 'wide' });
  const fill = () => league.replaceChildren(...(tabulated ? leagueTable(view) : []));
  const chosen = choice('Costs and effects', views.map((one) => ({ value: one.key, label: one.label })), view.key, (key) => {
    view = views.find((one) => one.key === key);
    fill();
    plane?.redraw();
    benefits?.redraw();
  });
  onChange(fill);
  if (!plane && !tabulated) return null;
  const sampled = views.find((one) => one.sampled && others.length > 0 && samplesOf(reference).cost.length > 1);
  return [
    views.length > 1 ? h('div', { class: 'controls' }, chosen) : null, plane?.element ?? null,
    tabulated ? h('h3', {}, 'Strategies by rising cost') : null,
    tabulated ? h('p', { class: 'note' }, 'Increments are to the strategy named: the one before on the efficiency frontier, or the one that dominates. ICER: incremental cost-effectiveness ratio. Below each number its 95 % interval by Monte Carlo error (of the ratio: Fieller). “Not resolved”: more patients could change the status.') : null,
    tabulated ? league : null, benefits?.element ?? null, sampled ? acceptabilityFigure(sampled) : null,
  ];
}
