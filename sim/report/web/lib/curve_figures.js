// Figures of curves in pairs, each with a choice of outcome.
import { choice, h, newId } from './dom.js';
import { curveHeight, curveOption, curvesOf, curveTable, curveWords } from './curves.js';
import { chartFigure } from './figure.js';
import { mainOutcomes } from './data.js';

function oneFigure(curves, initial) {
  let chosen = initial, fitted = false;
  const made = {};
  const box = h('input', { type: 'checkbox', id: newId('fit'), onchange: () => { fitted = box.checked; made.figure.redraw(); } });
  const controls = [
    curves.length > 1 ? choice('Outcome', curves.map((one) => ({ value: one.key, label: one.label })), chosen.key, (key) => {
      chosen = curves.find((one) => one.key === key);
      made.figure.redraw();
    }) : null,
    h('span', { class: 'choice' }, box, h('label', { for: box.id }, 'zoom to the curves')),
  ].filter(Boolean);
  made.figure = chartFigure({
    title: () => chosen.label, controls, className: 'curve', height: curveHeight, table: () => curveTable(chosen),
    describe: () => curveWords(chosen), option: (size) => curveOption(chosen, size, fitted),
  });
  return made.figure;
}

// The first two main curves, else the first two.
export function curveFigures(kind) {
  const curves = curvesOf(kind);
  if (curves.length === 0) return null;
  const first = curves.filter((one) => !one.grouped && mainOutcomes.has(one.outcome));
  const order = [...first, ...curves.filter((one) => !first.includes(one))];
  return order.slice(0, 2).map((one) => oneFigure(order, one));
}
