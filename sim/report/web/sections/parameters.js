// Every parameter with its source and status; strategies that change it are named.
import { h, newId } from '../lib/dom.js';
import { labelOf, sections } from '../lib/data.js';
import { saveCsv } from '../lib/save.js';
import { scrolling } from '../lib/table.js';

const range = (one) => (one.low || one.high ? `${one.low || '…'} to ${one.high || '…'}` : '');

export function parameters() {
  const list = sections.parameters?.list;
  if (!list) return null;
  const rows = list.map((one) => h('tr', { 'data-parameter': one.name },
    h('th', { scope: 'row' }, h('code', {}, one.name), one.description ? h('span', { class: 'soft block' }, one.description) : null),
    h('td', { class: 'number' }, one.value, one.changes.map((change) => h('span', { class: 'soft block' }, `${labelOf(change.strategy)}: ${change.value}`))),
    h('td', {}, range(one)), h('td', {}, h('span', { class: 'status' }, one.status || (one.derived ? 'derived' : 'none given'))), h('td', { class: 'source' }, one.source || 'none given')));
  const search = h('input', { type: 'search', id: newId('search'), oninput: () => {
    const wanted = search.value.toLowerCase();
    list.forEach((one, i) => { rows[i].hidden = ![one.name, one.description, one.source, one.status].some((text) => text.toLowerCase().includes(wanted)); });
  } });
  const table = () => ({ columns: ['name', 'value', 'low', 'high', 'status', 'source', 'description'], rows: list.map((one) => [one.name, one.value, one.low, one.high, one.status, one.source, one.description]) });
  return [
    h('div', { class: 'controls' }, h('span', { class: 'choice' }, h('label', { for: search.id }, 'Find'), search)),
    scrolling('Parameters', h('table', { class: 'parameters', id: 'parameters-table' },
      h('thead', {}, h('tr', {}, ['Parameter', 'Value', 'Allowed', 'Status', 'Source'].map((one) => h('th', { scope: 'col' }, one)))), h('tbody', {}, rows))),
    h('div', { class: 'actions' }, h('button', { type: 'button', class: 'save', onclick: () => saveCsv('parameters', table()) }, 'Save as CSV')),
  ];
}
