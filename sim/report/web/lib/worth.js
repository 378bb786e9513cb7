// Costs against effects, as figures need them: a view for each outcome, group and way to discount. Differences are to
// the reference; `row` is the strategy's row of the table `cost_effectiveness`, where the result has it.
import { cells, reference, sections, strategies } from './data.js';

const data = sections.economics;
const z = 1.959964;
export const withError = (value, se) => ({ value, se, lower: value - z * se, upper: value + z * se });

const objects = (table) => (table?.rows ?? []).map((row) => Object.fromEntries(table.columns.map((one, i) => [one.name, row[i]])));
const keyOf = (row) => JSON.stringify([row.outcome, row.group, row.discounted]);
const labelOfOutcome = (name) => cells.find((one) => one.outcome === name)?.label ?? name;

function ofTable() {
  const found = new Map(), benefits = objects(data.net_benefit);
  for (const row of objects(data.cost_effectiveness)) {
    const key = keyOf(row);
    if (!found.has(key)) {
      const words = row.discounted ? ', discounted' : '';
      found.set(key, {
        key, label: [labelOfOutcome(row.outcome), row.group, row.discounted ? 'discounted' : 'undiscounted'].filter(Boolean).join(', '),
        costName: `costs${words}`, effectName: `${row.effect_unit === 'QALYs' ? 'QALYs' : 'life years'}${words}`,
        currency: row.currency, effectUnit: row.effect_unit, points: new Map(), frontier: [], benefits: benefits.filter((one) => keyOf(one) === key),
        sampled: row.outcome === data.cost?.outcome && row.group === '' && data.cost.measure.startsWith('discounted') === (row.discounted === 1),
      });
    }
    const view = found.get(key), own = row.strategy === reference;
    view.points.set(row.strategy, {
      row, cost: withError(own ? 0 : row.difference_cost, own ? 0 : row.difference_cost_se ?? 0),
      effect: withError(own ? 0 : row.difference_effect, own ? 0 : row.difference_effect_se ?? 0), covariance: own ? 0 : row.difference_covariance,
    });
    if (row.status === 'on the frontier') view.frontier.push(row.strategy);
  }
  return [...found.values()];
}

// A result that has costs and effects as outcomes of their own.
function ofRows() {
  const cellOf = (what) => what && cells.find((one) => one.outcome === what.outcome && one.measure === what.measure && one.level === what.level && one.group === '' && Math.abs(one.time - what.time) < 1e-9);
  const cost = cellOf(data.cost), effect = cellOf(data.effect);
  if (!cost || !effect) return [];
  const name = (cell) => `${cell.label}${cell.measure.startsWith('discounted') ? ', discounted' : ''}`;
  const difference = (cell, strategy) => {
    const row = cell.rows.get(strategy);
    return withError(row.difference, row.difference_se ?? 0);
  };
  const points = strategies.filter((one) => one.name !== reference).map((one) => [one.name, { cost: difference(cost, one.name), effect: difference(effect, one.name) }]);
  return [{ key: '', label: '', costName: name(cost), effectName: name(effect), currency: cost.unit, effectUnit: effect.unit, points: new Map(points), frontier: [], benefits: [], sampled: true }];
}

export const views = !data ? [] : data.cost_effectiveness ? ofTable() : ofRows();
export const perEffect = (view) => `${view.currency} per ${view.effectUnit === 'QALYs' ? 'QALY' : view.effectUnit === 'years' ? 'year' : 'unit of effect'}`;
export const thresholdsOf = (view) => [...new Set(view.benefits.map((one) => one.threshold))];
// Where axes of thresholds end: twice the last that is asked for.
export const lastThreshold = (view) => (view.benefits.length ? 2 * Math.max(...thresholdsOf(view)) : 100000);
