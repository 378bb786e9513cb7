// The scenarios as a table: sorted by any column, filtered by words and by the cell chosen in a map.
import { labelOf } from '../lib/data.js';
import { h, newId } from '../lib/dom.js';
import { count, decimalsFor, fileName, number, scaleOf } from '../lib/format.js';
import { saveCsv } from '../lib/save.js';
import { onChange, visibleStrategies } from '../lib/state.js';
import { axes, axisTitle, estimateOf, resolution, resolutionOf, scenarioCount, scenarios, sweep, valueText, winnerOf, withError } from '../lib/sweep.js';
import { change, onView, view } from '../lib/sweep_view.js';
import { scrolling } from '../lib/table.js';
import { gain, gainName, gainScale, gainText } from './sweep_difference.js';

const most = 200;  // rows shown at once
let sorted = { column: 0, falling: false }, filter = '';

// {name, value(scenario) for sorting and CSV, shown(scenario), number}
function columns() {
  const { factor } = scaleOf(view.quantity), winner = (i) => winnerOf(view.quantity, i, view.higher);
  const text = (value, se) => (value === null ? '–' : withError(value * factor, se === null ? null : se * factor, decimalsFor((se ?? 0) * factor)));
  return [
    { name: 'scenario', value: (i) => i + 1, number: true },
    ...axes.map((axis) => ({ name: axisTitle(axis), value: (i) => axis.values[axis.places[i]], shown: (i) => valueText(axis, axis.places[i]), number: axis.number })),
    { name: 'status', value: (i) => scenarios.status[i] + (scenarios.message[i] ? `: ${scenarios.message[i]}` : '') },
    ...(sweep.targets ? [{ name: 'targets', value: (i) => scenarios.targets[i] }] : []),
    { name: 'patients', value: (i) => scenarios.patients[i], number: true },
    ...visibleStrategies().map((one) => ({ name: labelOf(one.name), se: (i) => estimateOf(view.quantity, i, one.name).se, value: (i) => estimateOf(view.quantity, i, one.name).value, shown: (i) => { const own = estimateOf(view.quantity, i, one.name); return text(own.value, own.se); }, number: true })),
    { name: gainName(), se: (i) => gain(i)?.se ?? null, value: (i) => gain(i)?.value ?? null, shown: (i) => { const own = gain(i), f = gainScale().factor; const d = decimalsFor((own?.se ?? 0) * f); return own ? `${gainText(own.value * f, d)}${own.se === null ? '' : ` ± ${number(own.se * f, d)}`}` : '–'; }, number: true },
    { name: 'best', value: (i) => (winner(i) ? labelOf(winner(i).best) : '') },
    { name: 'resolved', value: (i) => (winner(i) ? (winner(i).resolved ? 'yes' : 'no') : '') },
    ...(resolution === null ? [] : [{ name: 'by the sweep', value: (i) => { const own = resolutionOf(i); return own.status === 'unfinished' ? own.words : `${own.words}: ${[own.best, ...own.others].map(labelOf).join(', ')}`; } }]),
  ];
}
const shownIn = (column, i) => (column.shown ? column.shown(i) : String(column.value(i) ?? ''));

function rows(list) {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const all = view.chosen ?? Array.from({ length: scenarioCount }, (_, i) => i);
  const wanted = words.length === 0 ? all : all.filter((i) => { const text = list.map((column) => shownIn(column, i)).join(' ').toLowerCase(); return words.every((one) => text.includes(one)); });
  const { value } = list[Math.min(sorted.column, list.length - 1)], keys = new Map(wanted.map((i) => [i, value(i)]));
  const order = (a, b) => {
    const [x, y] = [keys.get(a), keys.get(b)];
    if (x === null || y === null) return (x === null) - (y === null);
    return (typeof x === 'number' ? x - y : x.localeCompare(y)) * (sorted.falling ? -1 : 1) || a - b;
  };
  return [...wanted].sort(order);
}

function header(list, redraw) {
  return h('tr', {}, list.map((column, at) => {
    const own = sorted.column === at;
    return h('th', { scope: 'col', class: column.number ? 'number' : null, 'aria-sort': own ? (sorted.falling ? 'descending' : 'ascending') : null },
      h('button', { type: 'button', class: 'sort', 'data-column': at, onclick: () => { sorted = { column: at, falling: own ? !sorted.falling : false }; redraw(); } }, column.name, own ? (sorted.falling ? ' ↓' : ' ↑') : ''));
  }));
}

function csv(list) {
  const all = list.flatMap((column) => (column.se ? [column, { name: `${column.name} se`, value: column.se }] : [column]));
  return { columns: ['id', ...all.map((one) => one.name)], rows: rows(list).map((i) => [scenarios.id[i], ...all.map((one) => one.value(i))]) };
}

export function sweepScenarios() {
  if (scenarioCount === 0 || !view.quantity) return null;
  const head = h('thead', {}), body = h('tbody', {}), said = h('p', { class: 'note', role: 'status' });
  const all = h('button', { type: 'button', id: 'all-scenarios', onclick: () => change({ chosen: null }) }, 'Show all scenarios');
  const draw = () => {
    const list = columns(), found = rows(list), focused = document.activeElement?.dataset?.column;
    const refocus = head.contains(document.activeElement);
    head.replaceChildren(header(list, draw));
    body.replaceChildren(...found.slice(0, most).map((i) => h('tr', { 'data-scenario': i + 1 }, list.map((column) => h('td', { class: column.number ? 'number' : null }, shownIn(column, i))))));
    const unit = scaleOf(view.quantity).unit;
    said.textContent = `${view.quantity.title}${unit ? ` [${unit}]` : ''}, ± standard error. ${view.chosen ? 'Those of the chosen cell: ' : ''}${count(found.length)} of ${count(scenarioCount)} scenarios${found.length > most ? `, the first ${most} shown (the CSV has all)` : ''}.`;
    all.hidden = view.chosen === null;
    if (refocus) head.querySelector(`[data-column="${focused}"]`)?.focus();
  };
  const search = h('input', { type: 'search', id: newId('filter'), oninput: () => { filter = search.value; draw(); } });
  onView(draw);
  onChange(draw);
  return [
    h('div', { class: 'controls' }, h('span', { class: 'choice' }, h('label', { for: search.id }, 'Filter'), search), all), said,
    scrolling('Scenarios', h('table', { id: 'scenario-table' }, head, body)),
    h('div', { class: 'actions' }, h('button', { type: 'button', class: 'save', onclick: () => saveCsv(`${fileName(view.quantity.title)}_scenarios`, csv(columns())) }, 'Save as CSV')),
  ];
}
