// The same difference under other values of the parameters that fit as well.
import { strategyColor } from '../lib/colors.js';
import { labelOf, mainOutcomes, others, sections } from '../lib/data.js';
import { choice, h } from '../lib/dom.js';
import { chartFigure } from '../lib/figure.js';
import { forestHeight, forestOption, forestTable } from '../lib/forest.js';
import { cellName, difference, number, scaleOf } from '../lib/format.js';
import { isVisible } from '../lib/state.js';

const keyOf = (row) => JSON.stringify([row.outcome, row.measure, row.time]);

function rowsOf(fits, key) {
  return others.filter((one) => isVisible(one.name)).flatMap((one) => {
    const found = fits.map((fit) => ({ fit, row: fit.rows.find((row) => row.strategy === one.name && keyOf(row) === key) })).filter(({ row }) => row);
    if (found.length === 0) return [];
    return [{ heading: labelOf(one.name) }, ...found.map(({ fit, row }) => ({
      label: fit.name, full: `${labelOf(one.name)}, ${fit.name}`, number: cellName(row), color: strategyColor(one.name), row,
    }))];
  });
}

// "HSCT for all: -1.2 to +7.4 percentage points"
function ranges(rows, scale) {
  const made = [];
  for (const one of rows) {
    if (one.heading) made.push({ name: one.heading, all: [] });
    else made[made.length - 1].all.push(one.row.difference * scale.factor);
  }
  return made.map(({ name, all }) => `${name} ${number(Math.min(...all), 1)} to ${number(Math.max(...all), 1)}${Math.min(...all) < 0 && Math.max(...all) > 0 ? ' (sign not settled)' : ''}`).join('; ');
}

export function fits() {
  const list = sections.fits?.list;
  if (!list) return null;
  const known = new Map();
  for (const row of list[0].rows) known.set(keyOf(row), row);
  const order = [...known].sort(([, a], [, b]) => mainOutcomes.has(b.outcome) - mainOutcomes.has(a.outcome));
  if (order.length === 0) return null;
  const answer = sections.question?.answer[0];
  let key = (order.find(([, row]) => row.outcome === answer?.outcome && row.measure === answer.measure && row.time === answer.time) ?? order[0])[0];
  const rows = () => rowsOf(list, key), scale = () => scaleOf(known.get(key));
  const figure = chartFigure({
    title: () => `Difference under each set of parameters: ${cellName(known.get(key))}`, className: 'forest', controls: [choice('Number', order.map(([value, row]) => ({ value, label: cellName(row) })), key, (value) => { key = value; figure.redraw(); })],
    note: () => `Range over the sets [${scale().ofDifference}]: ${ranges(rows(), scale())}.`, height: forestHeight(rows), option: (size) => forestOption(rows(), scale(), size), table: () => forestTable(rows()),
    describe: () => rows().filter((one) => one.row).map((one) => `${one.full}: ${difference(one.row).value}`).join('; ') + '.',
  });
  const changed = list.map((fit) => h('li', {}, h('strong', {}, fit.name), fit.changes.length ? `: ${fit.changes.join(', ')}` : ': the model as written'));
  return [figure.element, h('details', {}, h('summary', {}, 'What each set of parameters changes'), h('ul', {}, changed))];
}
