// What was asked: axes, strategies, patients; first of all what is missing.
import { strategies } from '../lib/data.js';
import { h } from '../lib/dom.js';
import { count } from '../lib/format.js';
import { axes, axisTitle, quantities, scenarioCount, scenarios, sweep, valueText } from '../lib/sweep.js';

const numberOf = (status) => scenarios.status.filter((one) => one === status).length;
const spread = (axis) => (axis.values.length <= 12 ? axis.values.map((_, i) => valueText(axis, i)).join(', ') : `${count(axis.values.length)} values, ${valueText(axis, 0)} to ${valueText(axis, axis.values.length - 1)}`);
const targets = { parameter: 'parameter', multiply: 'times the parameters’ own values', path: 'place in the model' };

const missesTargets = scenarios.targets.includes('missed');
const targetsSentence = () => `${sweep.targets[0].toUpperCase()}${sweep.targets.slice(1)}.`.replace(/`([^`]*)`/g, '“$1”');

function warnings() {
  const made = [];
  if (!sweep.complete) {
    const parts = ['failed', 'missing', 'partial'].map((one) => [one, numberOf(one)]).filter(([, n]) => n > 0).map(([one, n]) => `${count(n)} ${one === 'partial' ? 'with only some of their patients' : one}`);
    made.push(`This sweep is not complete: it was collected with --partial. Of ${count(scenarioCount)} scenarios ${count(numberOf('done'))} are done${parts.length ? `, ${parts.join(', ')}` : ''}.`);
  }
  if (sweep.all_scenarios > scenarioCount) made.push(`The page holds the first ${count(scenarioCount)} of ${count(sweep.all_scenarios)} scenarios; the sweep file has all.`);
  if (missesTargets) made.push(`${targetsSentence()} Which: filter the scenarios below by “missed”, in their column “targets”.`);
  return made.map((text) => h('p', { class: 'warning' }, text));
}

function patients() {
  const all = scenarios.patients.filter((one) => one > 0), low = Math.min(...all), high = Math.max(...all);
  return all.length === 0 ? '' : low === high ? `${count(low)} virtual patients a strategy in each` : `${count(low)} to ${count(high)} virtual patients a strategy in each`;
}

export function sweepQuestion() {
  const shared = sweep.origin.common_random_numbers ? 'All scenarios have the same patients, so that differences between scenarios are not blurred by chance.' : 'Each scenario has random numbers of its own.';
  return [
    warnings(),
    h('p', { class: 'lead' }, `${count(scenarioCount)} scenarios of ${strategies.map((one) => `“${one.label}”`).join(', ')}, ${patients()}. ${shared}`),
    sweep.targets && !missesTargets ? h('p', { class: 'targets' }, targetsSentence()) : null,
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Axes' }, h('table', { id: 'axes' },
      h('thead', {}, h('tr', {}, ['Axis', 'What it changes', 'Values', 'The model’s own'].map((one) => h('th', { scope: 'col' }, one)))),
      h('tbody', {}, axes.map((axis) => h('tr', {}, h('th', { scope: 'row' }, axisTitle(axis)), h('td', {}, `${targets[axis.target] ?? axis.target}: ${axis.what}`), h('td', {}, spread(axis)), h('td', {}, axis.own === undefined ? '' : valueText(axis, axis.own))))))),
    sweep.left_out.length ? h('details', { id: 'left-out' }, h('summary', {}, `${count(quantities.length)} of ${count(quantities.length + sweep.left_out.length)} quantities are in this page, which is kept small. Left out:`), h('p', {}, sweep.left_out.join(', '))) : null,
    h('ul', { class: 'cautions' }, [
      'Intervals are Monte Carlo error: how precisely so many virtual patients give the model’s own answer. What is true is not told by them.',
      'Each cell is compared by itself; over many cells some will be resolved wrongly: at most 1 in 20 where two strategies are in truth equal.',
    ].map((one) => h('li', {}, one))),
  ];
}
