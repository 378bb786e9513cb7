// What was published beside what the model gives under each strategy.
import { strategyColor } from '../lib/colors.js';
import { cells, labelOf } from '../lib/data.js';
import { h } from '../lib/dom.js';
import { cellName, decimalsFor, estimate, number, scaleOf, signed } from '../lib/format.js';
import { onChange, visibleStrategies } from '../lib/state.js';
import { scrolling } from '../lib/table.js';

function published(cell, row) {
  const { factor, unit } = scaleOf(cell), decimals = Math.max(1, decimalsFor(row.target_se * factor));
  const error = row.target_se > 0 ? ` ± ${number(row.target_se * factor, decimals)}` : '';
  return `${number(row.target * factor, decimals)}${error} ${unit}`;
}

export function publishedSection() {
  const list = cells.filter((cell) => [...cell.rows.values()].some((row) => row.target !== null && row.target !== undefined));
  if (list.length === 0) return null;
  const head = h('thead', {}), body = h('tbody', {});
  const draw = () => {
    head.replaceChildren(h('tr', {}, ['Outcome', 'Published'].map((one) => h('th', { scope: 'col' }, one)), visibleStrategies().map((one) => h('th', { scope: 'col' },
      h('span', { class: 'dot', style: `background:${strategyColor(one.name)}` }), labelOf(one.name))), h('th', { scope: 'col' }, 'Source')));
    body.replaceChildren(...list.map((cell) => {
      const any = [...cell.rows.values()][0];
      return h('tr', {}, h('th', { scope: 'row' }, [cellName(cell), cell.group, cell.level].filter(Boolean).join(', ')), h('td', { class: 'number' }, published(cell, any)),
        visibleStrategies().map((one) => {
          const row = cell.rows.get(one.name);
          const far = row?.target_deviation !== null && Math.abs(row?.target_deviation) > 2;
          return h('td', { class: 'number' }, row && row.estimate !== null ? [h('span', { class: 'value' }, estimate(row).value),
            h('span', { class: far ? 'interval far' : 'interval' }, row.target_deviation === null ? '' : `${signed(row.target_deviation, 1)} SE`)] : '–');
        }), h('td', { class: 'source' }, any.target_source));
    }));
  };
  onChange(draw);
  draw();
  return [
    h('p', { class: 'note' }, 'Below each estimate: how many standard errors of the published figure it lies from it. Figures of a trial are to be met by the strategy that describes that trial, not by every strategy.'),
    scrolling('Published figures', h('table', { class: 'outcomes' }, head, body)),
  ];
}
