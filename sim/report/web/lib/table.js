// A plain table: {columns, rows} of texts and numbers.
import { h } from './dom.js';

const isNumber = (value) => typeof value === 'number';
const shown = (value) => (isNumber(value) ? String(Number(value.toPrecision(8))) : value ?? '');

export function plainTable({ columns, rows }, caption) {
  const numeric = columns.map((_, i) => rows.some((row) => isNumber(row[i])));
  return h('table', { class: 'plain' },
    caption ? h('caption', {}, caption) : null,
    h('thead', {}, h('tr', {}, columns.map((one, i) => h('th', { scope: 'col', class: numeric[i] ? 'number' : null }, one)))),
    h('tbody', {}, rows.map((row) => h('tr', {}, row.map((value, i) => h('td', { class: numeric[i] ? 'number' : null }, shown(value)))))));
}

// Wide or long tables scroll in a box that the keyboard reaches.
export const scrolling = (label, ...content) => h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label }, ...content);
