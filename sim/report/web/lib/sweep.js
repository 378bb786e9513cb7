// The collected sweep in the page: axes, scenarios, and for each quantity the estimates under every strategy and the
// differences of every two.
import { sections, strategies } from './data.js';
import { cellName, number } from './format.js';
import { visibleStrategies } from './state.js';

const none = { axes: [], pairs: [], quantities: [], left_out: [], scenarios: { id: [], status: [], patients: [], message: [], targets: [] } };
export const sweep = sections.sweep ?? none;
export const axes = sweep.axes.map((one, index) => ({ ...one, index }));
export const scenarios = sweep.scenarios;
export const scenarioCount = scenarios.id.length;
export const quantities = sweep.quantities.map((one, index) => {
  const method = one.measure === 'count' ? 'mean' : '';
  return { ...one, method, index, title: [cellName({ ...one, method }), one.group, one.level].filter(Boolean).join(', ') };
});

// Base64 of little-endian 32-bit floats; read when it is asked for.
const read = new Map();
function column(quantity, name) {
  const key = `${quantity.index} ${name}`;
  if (!read.has(key)) read.set(key, new Float32Array(Uint8Array.from(atob(quantity[name]), (one) => one.charCodeAt(0)).buffer));
  return read.get(key);
}
const known = (value) => (Number.isNaN(value) ? null : value);
const numberOf = new Map(strategies.map((one, i) => [one.name, i]));
const pairOf = new Map(sweep.pairs.map(([a, b], i) => [`${a} ${b}`, i]));

export function estimateOf(quantity, scenario, strategy) {
  const at = scenario * strategies.length + numberOf.get(strategy);
  return { value: known(column(quantity, 'estimate')[at]), se: known(column(quantity, 'se')[at]) };
}

// The one less the other; resolved if the simultaneous interval does not contain 0. null if they were not compared.
export function differenceOf(quantity, scenario, strategy, against) {
  const [a, b] = [numberOf.get(strategy), numberOf.get(against)];
  const sign = a > b ? 1 : -1, pair = pairOf.get(a > b ? `${a} ${b}` : `${b} ${a}`);
  const at = scenario * sweep.pairs.length + pair;
  const value = known(column(quantity, 'difference')[at]);
  if (value === null) return null;
  const ends = [column(quantity, 'lower')[at], column(quantity, 'upper')[at]].map((one) => sign * one);
  const [lower, upper] = sign > 0 ? ends : ends.reverse();
  return { value: sign * value, se: known(column(quantity, 'difference_se')[at]), lower: known(lower), upper: known(upper), resolved: lower > 0 || upper < 0 };
}

// Which of the strategies shown is best in a scenario, and from which others it is not told apart.
export function winnerOf(quantity, scenario, higher) {
  const all = visibleStrategies().map((one) => ({ strategy: one.name, ...estimateOf(quantity, scenario, one.name) })).filter((one) => one.value !== null);
  if (all.length === 0) return null;
  const best = all.reduce((a, b) => ((higher ? b.value > a.value : b.value < a.value) ? b : a));
  const unresolved = all.filter((one) => one !== best && !differenceOf(quantity, scenario, best.strategy, one.strategy)?.resolved).map((one) => one.strategy);
  return { best: best.strategy, value: best.value, se: best.se, all, unresolved, resolved: unresolved.length === 0 };
}

// How the sweep itself resolved a scenario (its `resolve`): { words, what }; null if it was not asked to.
const ends = { resolved: 'resolved', equal: 'equal within what matters', not_resolved: 'not resolved', unfinished: 'unfinished' };
export const resolution = sweep.resolution ?? null;
export function resolutionOf(scenario) {
  if (resolution === null) return null;
  const status = resolution.status[scenario], others = resolution.not_told[scenario].split(', ').filter(Boolean);
  return { status, best: resolution.best[scenario], others, words: ends[status] ?? status };
}

// Lower is better for what is lost, spent or suffered.
export const higherIsBetter = (quantity) => !(['incidence', 'cost'].includes(quantity.kind) || /cost|time_lost/.test(quantity.measure));

const short = (value) => String(Number(value.toPrecision(6))).replace('-', '−');
export const valueText = (axis, place) => (axis.number ? short(axis.values[place]) : axis.values[place]);
export const valueWords = (axis, place) => `${axis.label}: ${valueText(axis, place)}${axis.unit ? ` ${axis.unit}` : ''}`;
export const axisTitle = (axis) => (axis.unit ? `${axis.label} [${axis.unit}]` : axis.label);
export const scenarioWords = (scenario) => axes.map((axis) => valueWords(axis, axis.places[scenario])).join('; ');

// The model's own value, else the middle one.
export const basePlace = (axis) => axis.own ?? Math.floor((axis.values.length - 1) / 2);
// Drawn for designs that are not grids: too many values for rows and columns, so that each scenario is a point.
export const isFine = (axis) => axis.values.length > 40;

export const withError = (value, se, decimals) => (se === null ? number(value, decimals) : `${number(value, decimals)} ± ${number(se, decimals)}`);
