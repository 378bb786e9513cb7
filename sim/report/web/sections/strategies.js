// The strategies side by side: each number with its interval.
import { h, newId } from '../lib/dom.js';
import { cells, labelOf, outcomeColumns, outcomes, reference, title } from '../lib/data.js';
import { strategyColor } from '../lib/colors.js';
import { cellTime, difference, estimate, fileName, scaleOf } from '../lib/format.js';
import { isVisible, onChange, visibleStrategies } from '../lib/state.js';
import { saveCsv } from '../lib/save.js';
import { scrolling } from '../lib/table.js';

function numberCell(cell, strategy, withDifferences) {
  const row = cell.rows.get(strategy);
  if (!row) return h('td', {});
  const shown = estimate(row), differs = withDifferences ? difference(row) : null;
  return h('td', { class: 'number', 'data-outcome': row.outcome, 'data-measure': row.measure, 'data-group': row.group, 'data-level': row.level,
    'data-time': row.time, 'data-strategy': strategy, 'data-estimate': row.estimate, title: row.note || null },
  h('span', { class: 'value' }, shown.value), h('span', { class: 'interval' }, shown.interval),
  differs && strategy !== reference ? h('span', { class: 'interval' }, differs.identical ? 'Δ 0, identical' : `Δ ${differs.value} (${differs.interval})`) : null);
}

function rowsOf(list, withDifferences) {
  const made = [];
  let outcome = null;
  for (const cell of list) {
    const name = [cell.group, cell.level, cellTime(cell)].filter(Boolean).join(', ');
    const single = list.filter((one) => one.outcome === cell.outcome).length === 1;
    if (cell.outcome !== outcome && !single) {
      made.push(h('tr', { class: 'heading' }, h('th', { scope: 'rowgroup', colspan: visibleStrategies().length + 1 }, cell.label)));
    }
    outcome = cell.outcome;
    const unit = scaleOf(cell).unit;
    made.push(h('tr', {}, h('th', { scope: 'row', class: single ? 'single' : 'inner' }, single ? [cell.label, name].filter(Boolean).join(', ') : name,
      unit === '%' || unit === '' ? null : h('span', { class: 'soft' }, ` [${unit}]`), cell.extrapolated ? h('abbr', { title: 'beyond what was observed' }, ' *') : null),
    visibleStrategies().map((one) => numberCell(cell, one.name, withDifferences))));
  }
  return made;
}

export function strategiesSection() {
  if (cells.length === 0) return null;
  const main = cells.filter((one) => one.group === '' && one.kind !== 'distribution');
  let all = main.length === 0, differences = false;
  const body = h('tbody', {}), head = h('thead', {});
  const draw = () => {
    head.replaceChildren(h('tr', {}, h('th', { scope: 'col' }, 'Outcome'), visibleStrategies().map((one) => h('th', { scope: 'col', 'data-strategy': one.name },
      h('span', { class: 'dot', style: `background:${strategyColor(one.name)}` }), labelOf(one.name), one.name === reference ? h('span', { class: 'soft' }, ' (reference)') : null))));
    body.replaceChildren(...rowsOf(all ? cells : main, differences));
  };
  const box = (label, checked, change) => {
    const input = h('input', { type: 'checkbox', id: newId('box'), checked, onchange: () => { change(input.checked); draw(); } });
    return h('span', { class: 'choice' }, input, h('label', { for: input.id }, label));
  };
  onChange(draw);
  draw();
  const save = () => saveCsv(`${fileName(title)}_outcomes`, {
    columns: outcomeColumns.map((one) => one.name), rows: outcomes.filter((one) => isVisible(one.strategy)).map((row) => outcomeColumns.map((one) => row[one.name])),
  });
  return [
    h('p', { class: 'note' }, 'Estimate, and below it the 95 % Monte Carlo interval. * beyond what was observed: extrapolated.'),
    h('div', { class: 'controls' },
      main.length < cells.length && main.length ? box('with groups and levels', all, (x) => { all = x; }) : null,
      box('with differences to the reference', differences, (x) => { differences = x; })),
    scrolling('Outcomes by strategy', h('table', { class: 'outcomes', id: 'outcomes-table' }, head, body)),
    h('div', { class: 'actions' }, h('button', { type: 'button', class: 'save', onclick: save }, 'Save all numbers as CSV')),
  ];
}
