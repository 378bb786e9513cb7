// What the reader looks at: the quantity, whether high or low is best, the axes of the maps, the values at which the other
// axes stay, the two strategies compared, the axis along which break-even values are sought, and the scenarios chosen by a cell.
import { strategies } from './data.js';
import { choice, h } from './dom.js';
import { axes, axisTitle, basePlace, higherIsBetter, isFine, quantities, scenarioCount, valueText } from './sweep.js';

const any = 'any';
const moving = axes.filter((one) => one.values.length > 1);
const start = quantities.find((one) => one.measure === 'restricted_mean') ?? quantities[0];

export const view = {
  quantity: start, higher: start ? higherIsBetter(start) : true,
  x: (moving[1] ?? moving[0])?.index ?? -1, y: moving.length > 1 ? moving[0].index : -1, panels: -1,
  fixed: axes.map((axis) => (isFine(axis) ? any : basePlace(axis))),
  strategy: strategies[1]?.name ?? strategies[0]?.name, against: strategies[1] ? strategies[0].name : '',
  along: 'y', chosen: null,
};

const listeners = new Set();
export const onView = (listener) => listeners.add(listener);
export function change(changes) {
  Object.assign(view, changes);
  for (const listener of listeners) listener();
}

export const axisOf = (name) => axes[view[name]] ?? null;
const isDrawn = (axis) => [view.x, view.y, view.panels].includes(axis.index);

// The scenarios of each cell, as the axes that are not drawn stay where they are: [{panel, x, y, scenarios}].
export function cells() {
  const rest = axes.filter((axis) => !isDrawn(axis) && view.fixed[axis.index] !== any);
  const place = (name, scenario) => axisOf(name)?.places[scenario] ?? 0;
  const found = new Map();
  for (let i = 0; i < scenarioCount; i++) {
    if (rest.some((axis) => axis.places[i] !== view.fixed[axis.index])) continue;
    const [panel, x, y] = ['panels', 'x', 'y'].map((name) => place(name, i));
    const key = `${panel} ${x} ${y}`;
    if (!found.has(key)) found.set(key, { panel, x, y, scenarios: [] });
    found.get(key).scenarios.push(i);
  }
  return [...found.values()].sort((a, b) => a.panel - b.panel || b.y - a.y || a.x - b.x);
}

// Where the other axes stay, in words.
export const stays = () => axes.filter((axis) => !isDrawn(axis)).map((axis) => {
  const place = view.fixed[axis.index];
  return `${axis.label}: ${place === any ? 'any value' : `${valueText(axis, place)}${axis.unit ? ` ${axis.unit}` : ''}${place === axis.own ? ' (the model’s own)' : ''}`}`;
}).join('; ');

// An axis taken for one place gives up the one it had; what had that place before goes there.
function take(name, index) {
  const changes = { [name]: index, chosen: null };
  for (const other of ['x', 'y', 'panels']) if (other !== name && view[other] === index && index !== -1) changes[other] = view[name];
  if (changes.x === -1) return;
  change(changes);
}

function fixedChoice(axis) {
  const options = isFine(axis) ? [] : axis.values.map((_, i) => ({ value: String(i), label: `${valueText(axis, i)}${axis.unit ? ` ${axis.unit}` : ''}${i === axis.own ? ' (the model’s own)' : ''}` }));
  return choice(axis.label, [...options, { value: any, label: 'any value' }], String(view.fixed[axis.index]), (value) => {
    const fixed = [...view.fixed];
    fixed[axis.index] = value === any ? any : Number(value);
    change({ fixed, chosen: null });
  });
}

function choices() {
  const named = (list) => list.map((axis) => ({ value: String(axis.index), label: axisTitle(axis) }));
  const made = [
    ['quantity', choice('Quantity', quantities.map((one) => ({ value: String(one.index), label: one.title })), String(view.quantity.index), (value) => change({ quantity: quantities[value], higher: higherIsBetter(quantities[value]) }))],
    ['best', choice('Best is the', [{ value: 'highest', label: 'highest' }, { value: 'lowest', label: 'lowest' }], view.higher ? 'highest' : 'lowest', (value) => change({ higher: value === 'highest' }))],
  ];
  if (moving.length > 0) made.push(['x', choice('Across', named(moving), String(view.x), (value) => take('x', Number(value)))]);
  if (moving.length > 1) made.push(['y', choice('Upwards', named(moving), String(view.y), (value) => take('y', Number(value)))]);
  if (moving.length > 2) {
    const coarse = moving.filter((axis) => !isFine(axis));
    made.push(['panels', choice('A map for each', [{ value: '-1', label: 'nothing: one map' }, ...named(coarse)], String(view.panels), (value) => take('panels', Number(value)))]);
  }
  for (const axis of moving) if (!isDrawn(axis)) made.push([`fixed-${axis.index}`, fixedChoice(axis)]);
  return made;
}

// The choices themselves; made anew after each change, with the focus where it was.
export function viewControls() {
  const box = h('div', { class: 'controls view', id: 'view-choices' });
  const fill = () => {
    const focused = box.contains(document.activeElement) ? document.activeElement.dataset.choice : null;
    const made = choices();
    for (const [name, element] of made) element.querySelector('select').dataset.choice = name;
    box.replaceChildren(...made.map(([, element]) => element));
    if (focused) box.querySelector(`[data-choice="${focused}"]`)?.focus();
  };
  onView(fill);
  fill();
  return box;
}
