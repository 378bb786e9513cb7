// How much one strategy gains over another, over the same axes; and where the gain turns to loss.
import { ink, strategyColor } from '../lib/colors.js';
import { labelOf, strategies } from '../lib/data.js';
import { choice, h } from '../lib/dom.js';
import { svgFigure } from '../lib/figure.js';
import { decimalsFor, fileName, number, scaleOf, signed } from '../lib/format.js';
import { heatSvg } from '../lib/heat.js';
import { tip } from '../lib/look.js';
import { saveCsv } from '../lib/save.js';
import { onChange } from '../lib/state.js';
import { breakEvens } from '../lib/break_even.js';
import { axes, axisTitle, differenceOf, estimateOf, isFine, scenarioCount, scenarioWords, valueText, valueWords } from '../lib/sweep.js';
import { axisOf, cells, change, onView, stays, view } from '../lib/sweep_view.js';
import { chooser, mixedColor, panelTitles, sameCell, where } from './sweep_map.js';

// The number looked at in a scenario: the difference, or the strategy's own estimate.
export function gain(scenario) {
  if (view.against !== '') return differenceOf(view.quantity, scenario, view.strategy, view.against);
  const own = estimateOf(view.quantity, scenario, view.strategy);
  return own.value === null ? null : { ...own, lower: null, upper: null, resolved: true };
}
export const gainName = () => (view.against === '' ? labelOf(view.strategy) : `${labelOf(view.strategy)} less ${labelOf(view.against)}`);
export const gainScale = () => { const { factor, unit, ofDifference } = scaleOf(view.quantity); return { factor, unit: view.against === '' ? unit : ofDifference }; };
export const gainText = (value, decimals) => (view.against === '' ? number(value, decimals) : signed(value, decimals));

const hex = (color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
function mix(from, to, share) {
  const [a, b] = [hex(from), hex(to)];
  return `#${a.map((one, i) => Math.round(one + (b[i] - one) * share).toString(16).padStart(2, '0')).join('')}`;
}

// In the colour of the strategy that is better, the stronger the more; of an estimate by itself the stronger the greater.
function colorOf(value, list) {
  const all = list.map((one) => one.value).filter((one) => one !== null);
  const plain = ink().grid;
  if (view.against === '') {
    const low = Math.min(...all), span = Math.max(...all) - low || 1;
    return mix(plain, strategyColor(view.strategy), 0.1 + 0.9 * (value - low) / span);
  }
  const most = Math.max(...all.map(Math.abs)) || 1;
  if (value === 0) return plain;
  return mix(plain, strategyColor((value > 0) === view.higher ? view.strategy : view.against), 0.12 + 0.88 * Math.abs(value) / most);
}

function gainTip(cell) {
  const { factor, unit } = gainScale();
  if (cell.gains.length > 1) return tip(`${cell.scenarios.length} scenarios`, cell.gains.slice(0, 8).map((one, i) => [null, `scenario ${cell.scenarios[i] + 1}`, one ? gainText(one.value * factor, 2) : '–']), 'Choose the cell to list them below.');
  const one = cell.gains[0];
  if (!one) return tip('No numbers', [], scenarioWords(cell.scenarios[0]));
  const d = decimalsFor((one.se ?? 0) * factor);
  const rows = [[null, gainName(), `${gainText(one.value * factor, d)}${one.se === null ? '' : ` ± ${number(one.se * factor, d)}`} ${unit}`]];
  if (one.lower !== null) rows.push([null, 'simultaneous 95 % interval', `${signed(one.lower * factor, d)} to ${signed(one.upper * factor, d)}`]);
  return tip(where(cell), rows, `${one.resolved ? '' : 'Not resolved: the interval contains 0. '}${scenarioWords(cell.scenarios[0])}`);
}

function drawn() {
  const { factor } = gainScale();
  const list = cells().map((cell) => {
    const gains = cell.scenarios.map(gain), there = gains.filter(Boolean);
    return { ...cell, gains, value: there.length ? there.reduce((sum, one) => sum + one.value, 0) / there.length : null, resolved: there.length > 0 && there.every((one) => one.resolved) };
  });
  return list.map((cell) => {
    const errors = cell.gains.filter(Boolean).map((one) => (one.se ?? 0) * factor), d = decimalsFor(Math.max(0, ...errors));
    const lines = cell.value === null ? ['–'] : [gainText(cell.value * factor, d), cell.gains.length === 1 ? `± ${number(errors[0], d)}` : `mean of ${cell.gains.length}`];
    return { ...cell, fill: cell.value === null ? mixedColor() : colorOf(cell.value, list), hatched: cell.value !== null && !cell.resolved, chosen: sameCell(cell), lines, label: `${where(cell)}: ${lines.join(' ')}${cell.resolved ? '' : ', not resolved'}` };
  });
}

// Points without a gap between their places: where a scenario is missing nothing is known about what lies between.
function stretches(points) {
  const made = [];
  points.forEach((one, i) => {
    if (i === 0 || one.place !== points[i - 1].place + 1) made.push([]);
    made[made.length - 1].push(one);
  });
  return made;
}

// The break-even values of every row (or column): [{panel, other, x, low, high, falling, axis}].
function turns() {
  const along = direction();
  if (view.against === '' || !along) return [];
  const axis = axisOf(along), across = along === 'x' ? 'y' : 'x', lines = new Map();
  for (const cell of cells()) {
    const found = cell.scenarios.length === 1 ? gain(cell.scenarios[0]) : null;
    const key = `${cell.panel} ${cell[across]}`;
    if (!lines.has(key)) lines.set(key, { panel: cell.panel, other: cell[across], points: [] });
    if (found) lines.get(key).points.push({ place: cell[along], x: axis.values[cell[along]], d: found.value, se: found.se });
  }
  return [...lines.values()].flatMap(({ points, ...line }) => stretches(points.sort((a, b) => a.place - b.place)).flatMap(breakEvens).map((one) => ({ ...line, ...one, along, axis })))
    .sort((a, b) => a.panel - b.panel || a.other - b.other || a.x - b.x);
}
// Break-even values are sought along this axis of the map; not where it has points instead of rows.
const directions = () => ['y', 'x'].filter((one) => axisOf(one)?.number && !isFine(axisOf(one)));
const direction = () => (directions().includes(view.along) ? view.along : directions()[0]);

// A value as a place between those of the axis.
function placeOf(axis, value) {
  const at = axis.values.findIndex((one) => one >= value);
  if (at <= 0) return at === 0 ? 0 : axis.values.length - 1;
  return at - 1 + (value - axis.values[at - 1]) / (axis.values[at] - axis.values[at - 1]);
}
const markOf = (one) => ({ panel: one.panel, along: one.along, other: one.other, at: placeOf(one.axis, one.x), low: one.low === null ? -0.5 : placeOf(one.axis, one.low), high: one.high === null ? one.axis.values.length - 0.5 : placeOf(one.axis, one.high) });

function turnWords(one) {
  const other = axisOf(one.along === 'x' ? 'y' : 'x'), panels = axisOf('panels');
  const place = [panels && valueWords(panels, one.panel), other && valueWords(other, one.other)].filter(Boolean).join(', ');
  const width = (one.high ?? one.x) - (one.low ?? one.x), d = Math.min(4, decimalsFor(width / 4));
  const interval = `${one.low === null ? `below ${number(one.axis.values[0], d)}` : number(one.low, d)} to ${one.high === null ? `above ${number(one.axis.values[one.axis.values.length - 1], d)}` : number(one.high, d)}`;
  const verb = one.falling === view.higher ? 'stops being better' : 'starts being better';
  return `${place ? `At ${place}: ` : ''}${labelOf(view.strategy)} ${verb} than ${labelOf(view.against)} at ${number(one.x, d)}${one.axis.unit ? ` ${one.axis.unit}` : ''} (${interval}) of ${one.axis.label}.`;
}

function turnTable() {
  const placed = (axis, i) => (axis ? valueText(axis, i) : '');
  return { columns: ['along', 'panel', 'row or column', 'break-even', 'lower 95 %', 'upper 95 %', 'beyond it better'],
    rows: turns().map((one) => [one.axis.name, placed(axisOf('panels'), one.panel), placed(axisOf(one.along === 'x' ? 'y' : 'x'), one.other), one.x, one.low, one.high, one.falling === view.higher ? view.against : view.strategy]) };
}

function turnList() {
  const box = h('div', { class: 'wide', id: 'break-even' });
  const fill = () => {
    const found = turns();
    if (view.against === '') return box.replaceChildren();
    box.replaceChildren(h('h3', {}, `Break-even values: ${gainName()}, ${view.quantity.title}`),
      found.length ? h('ul', {}, found.map((one) => h('li', { 'data-value': one.x, 'data-low': one.low ?? '', 'data-high': one.high ?? '', 'data-along': one.axis.name, 'data-other': one.other }, turnWords(one)))) : h('p', { class: 'note' }, cells().some((one) => one.scenarios.length > 1) ? 'Not sought where a cell holds several scenarios: let the other axes stay at one value.' : direction() ? `Along “${axisOf(direction()).label}” the difference nowhere changes its sign, as the other axes stand.` : 'None: neither axis of the map is one of numbers with few values.'),
      h('p', { class: 'note' }, 'By straight lines between neighbouring values of the axis. In brackets where the 95 % band of the difference contains 0 (errors of neighbours taken as fully correlated, which is never too narrow). Numbers are those of Monte Carlo error alone.'),
      found.length ? h('div', { class: 'actions' }, h('button', { type: 'button', class: 'save', onclick: () => saveCsv(`${fileName(gainName())}_break_even`, turnTable()) }, 'Save as CSV')) : '');
  };
  onView(fill);
  onChange(fill);
  return box;
}

function pairControls() {
  const box = h('span', { class: 'controls' });
  const named = strategies.map((one) => ({ value: one.name, label: one.label }));
  const swap = (changes) => change(changes.strategy === view.against ? { strategy: view.against, against: view.strategy } : changes);
  const fill = () => {
    const focused = box.contains(document.activeElement) ? document.activeElement.dataset.choice : null;
    const made = { strategy: choice('Strategy', named, view.strategy, (value) => swap({ strategy: value })),
      against: choice('less', [...named.filter((one) => one.value !== view.strategy), { value: '', label: 'nothing: its own estimate' }], view.against, (value) => change({ against: value })) };
    if (directions().length > 1) made.along = choice('Break-even along', directions().map((one) => ({ value: one, label: axisTitle(axisOf(one)) })), direction(), (value) => change({ along: value }));
    for (const [name, element] of Object.entries(made)) element.querySelector('select').dataset.choice = name;
    box.replaceChildren(...Object.values(made));
    if (focused) box.querySelector(`[data-choice="${focused}"]`)?.focus();
  };
  onView(fill);
  fill();
  return box;
}

function table() {
  const unit = view.quantity.unit === '1' ? '' : ` [${view.quantity.unit}]`;
  return { columns: ['scenario', ...axes.map((axis) => axis.name), `${view.against === '' ? 'estimate' : 'difference'}${unit}`, 'se', 'simultaneous lower', 'simultaneous upper', 'resolved'],
    rows: drawn().flatMap((cell) => cell.scenarios.map((scenario, i) => [scenario + 1, ...axes.map((axis) => axis.values[axis.places[scenario]]), cell.gains[i]?.value ?? null, cell.gains[i]?.se ?? null, cell.gains[i]?.lower ?? null, cell.gains[i]?.upper ?? null, cell.gains[i] ? (cell.gains[i].resolved ? 'yes' : 'no') : ''])) };
}

export function sweepDifference() {
  if (scenarioCount === 0 || !view.quantity || view.x < 0) return null;
  const range = () => { const all = drawn().map((one) => one.value).filter((one) => one !== null); const { factor, unit } = gainScale(); return all.length ? `From ${gainText(Math.min(...all) * factor, 2)} to ${gainText(Math.max(...all) * factor, 2)} ${unit}` : 'No numbers'; };
  const colors = () => (view.against === '' ? '' : `In the colour of the strategy that is better, the stronger the more; hatched: the simultaneous 95 % interval contains 0. Lines across cells: where the difference changes its sign, with the interval.`);
  const figure = svgFigure({
    title: () => `${gainName()}: ${view.quantity.title}${gainScale().unit ? ` [${gainScale().unit}]` : ''}`, className: 'surface', role: 'group', controls: [pairControls()],
    svg: ({ width }) => {
      const list = drawn().map((cell) => ({ ...cell, tip: () => gainTip(cell) }));
      const choose = chooser(() => figure.element);
      return heatSvg({ x: axisOf('x'), y: axisOf('y'), panels: panelTitles(), cells: list, marks: turns().map(markOf), width, choose: (cell) => choose(cell, list.indexOf(cell)) });
    },
    note: () => `${range()}. ${colors()} ${stays() ? `Elsewhere: ${stays()}.` : ''}`, describe: () => `${range()}.`, table,
  });
  onView(figure.redraw);
  return [figure.element, turnList()];
}
