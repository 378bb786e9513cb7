// Tables of the result that no other part shows, as they are; made when they are opened.
import { h } from '../lib/dom.js';
import { sections } from '../lib/data.js';
import { count, fileName } from '../lib/format.js';
import { saveCsv } from '../lib/save.js';
import { plainTable, scrolling } from '../lib/table.js';

export function tables() {
  if (!sections.tables) return null;
  return Object.entries(sections.tables).map(([name, table]) => {
    const plain = { columns: table.columns.map((one) => (one.unit ? `${one.name} [${one.unit}]` : one.name)), rows: table.rows };
    const box = h('div', {});
    const opened = h('details', { ontoggle: () => box.replaceChildren(...(opened.open ? [scrolling(name, plainTable(plain))] : [])) },
      h('summary', {}, `${count(table.rows.length)} rows`), box);
    return h('div', { class: 'wide' }, h('h3', {}, name), table.description ? h('p', { class: 'note' }, table.description) : null,
      table.all_rows > table.rows.length ? h('p', { class: 'note' }, `The first ${count(table.rows.length)} of ${count(table.all_rows)} rows; the result file has all.`) : null,
      opened,
      h('div', { class: 'actions' }, h('button', { type: 'button', class: 'save', onclick: () => saveCsv(fileName(name), plain) }, 'Save as CSV')));
  });
}
