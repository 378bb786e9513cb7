// The scenarios in which one axis moves and the others stay at the base: the model's own value, or the middle one.
import { gain } from '../sections/sweep_difference.js';
import { axes, basePlace, scenarioCount, valueWords } from './sweep.js';

const atBase = (scenario, moving) => axes.every((one) => one === moving || one.places[scenario] === basePlace(one));

// What the difference is along the axis, by place: [{place, value, se}].
export function alongAxis(axis) {
  const found = [];
  for (let i = 0; i < scenarioCount; i++) if (atBase(i, axis)) found.push({ place: axis.places[i], ...gain(i) });
  return found.filter((one) => one.value !== undefined).sort((a, b) => a.place - b.place);
}

// Those that can be drawn: at least two values.
export const movingAxes = () => axes.filter((axis) => axis.values.length > 1).map((axis) => ({ axis, ends: alongAxis(axis) })).filter(({ ends }) => ends.length > 1);

export function atTheBase() {
  for (let i = 0; i < scenarioCount; i++) if (atBase(i, null)) return gain(i);
  return null;
}

export const baseWords = () => axes.map((axis) => `${valueWords(axis, basePlace(axis))}${axis.own === undefined ? ' (the middle value)' : ''}`).join('; ');
