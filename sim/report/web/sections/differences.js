// Differences to the reference strategy: of the main outcomes, and by subgroup.
import { strategyColor } from '../lib/colors.js';
import { cells, labelOf, mainOutcomes, others } from '../lib/data.js';
import { choice } from '../lib/dom.js';
import { chartFigure } from '../lib/figure.js';
import { forestHeight, forestOption, forestTable } from '../lib/forest.js';
import { cellName, cellTime, difference, scaleOf, worthWords } from '../lib/format.js';
import { isVisible } from '../lib/state.js';

const identical = (row) => String(row.difference_note ?? '').startsWith('identical');
const comparable = (cell) => [...cell.rows.values()].some((row) => row.difference !== null && !identical(row));

// Below a heading for each cell, a row a strategy.
function rowsOf(list, heading) {
  return list.flatMap((cell) => [
    { heading: heading(cell) + (cell.extrapolated ? ' *' : '') },
    ...others.filter((one) => isVisible(one.name)).map((one) => ({ one, row: cell.rows.get(one.name) })).filter(({ row }) => row && row.difference !== null)
      .map(({ one, row }) => ({ label: labelOf(one.name), full: `${labelOf(one.name)}: ${heading(cell)}`, number: cellName(cell) + (cell.group ? `, ${cell.group}` : ''), color: strategyColor(one.name), row })),
  ]);
}

// choices: [{value, label, cells, heading}], the cells of one in one unit.
function forest(title, choices, note) {
  let chosen = choices[0];
  const rows = () => rowsOf(chosen.cells, chosen.heading);
  const figure = chartFigure({
    title: () => `${title}: ${chosen.label}`, note, className: 'forest',
    controls: choices.length > 1 ? [choice('Outcome', choices, chosen.value, (value) => { chosen = choices.find((one) => one.value === value); figure.redraw(); })] : [],
    height: forestHeight(rows), option: (size) => forestOption(rows(), scaleOf(chosen.cells[0]), size), table: () => forestTable(rows()),
    describe: () => rows().filter((one) => one.row).map((one) => `${one.full}: ${difference(one.row).value} ${difference(one.row).unit}`).join('; ') + '.',
  });
  return figure.element;
}

// One choice an outcome and unit.
function byOutcome(list, heading) {
  const made = new Map();
  for (const cell of list) {
    const key = JSON.stringify([cell.outcome, cell.unit, scaleOf(cell).factor, cell.measure === 'distribution' ? '' : cell.measure]);
    if (!made.has(key)) made.set(key, { value: key, label: [cell.label, cell.measure === 'restricted_mean' ? 'restricted mean' : '', worthWords(cell)].filter(Boolean).join(', '), cells: [], heading });
    made.get(key).cells.push(cell);
  }
  return [...made.values()];
}

export function differences() {
  const usable = cells.filter(comparable);
  if (usable.length === 0 || others.length === 0) return null;
  const whole = usable.filter((one) => one.group === ''), grouped = usable.filter((one) => one.group !== '');
  const main = whole.filter((one) => mainOutcomes.has(one.outcome) && one.measure === (whole.find((x) => mainOutcomes.has(x.outcome)) ?? one).measure);
  const withLevel = (cell) => [cellTime(cell), cell.level].filter(Boolean).join(', ') || cell.label;
  const choices = byOutcome(whole, withLevel);
  if (new Set(main.map((one) => one.outcome)).size > 1) choices.unshift({ value: 'main', label: 'main outcomes', cells: main, heading: cellName });
  const star = '* beyond what was observed: extrapolated. ';
  return [
    choices.length ? forest('Difference, all patients', choices, `${star}The patients are the same under every strategy, so differences are paired where they can be. Intervals are 95 % each. Outcomes in which no patient differs are left out.`) : null,
    grouped.length ? forest('Difference by subgroup', byOutcome(grouped, (cell) => [cell.group, cellTime(cell), cell.level].filter(Boolean).join(', ')),
      `${star}Where a group is formed after the start (by transplant, say), the strategies put different patients into it: such a difference is not the effect of the treatment.`) : null,
  ];
}
