// A figure: heading, choices, drawing, and below it what to do with it: its data as a table (the text alternative) or
// CSV, the drawing as SVG or PNG. Subclasses of the drawing: an ECharts option, or an SVG of our own.
import { echarts } from './echarts.js';
import { h, newId } from './dom.js';
import { ink } from './colors.js';
import { isPrinting, onChange } from './state.js';
import { fileName } from './format.js';
import { saveCsv, savePng, saveSvg } from './save.js';
import { plainTable, scrolling } from './table.js';

const printWidth = 680;  // [px] A4 less its margins

function buttons(frame) {
  const table = h('div', { id: newId('table'), class: 'figure-table', hidden: true });
  const toggle = h('button', {
    type: 'button', 'aria-expanded': 'false', 'aria-controls': table.id, class: 'show-table',
    onclick: () => {
      table.hidden = !table.hidden;
      toggle.setAttribute('aria-expanded', String(!table.hidden));
      toggle.textContent = table.hidden ? 'Show as table' : 'Hide table';
      fillTable();
    },
  }, 'Show as table');
  const fillTable = () => {
    if (table.hidden) return table.replaceChildren();
    return table.replaceChildren(scrolling(`Data of: ${frame.title}`, plainTable(frame.table(), frame.title)));
  };
  const name = () => fileName(frame.title);
  const svg = () => frame.drawing.querySelector('svg');
  const saving = [
    ['CSV', () => saveCsv(name(), frame.table())],
    ['SVG', () => saveSvg(name(), svg(), ink().surface)],
    ['PNG', () => savePng(name(), svg(), ink().surface)],
  ].map(([label, onclick]) => h('button', { type: 'button', onclick, 'aria-label': `Save ${frame.title} as ${label}`, class: 'save' }, label));
  return { bar: h('div', { class: 'actions' }, toggle, h('span', { class: 'saving' }, 'Save as ', saving)), table, fillTable };
}

// Drawn only when they come near the screen, or for the printer.
const reactions = new Map();
const watcher = new IntersectionObserver((seen) => {
  for (const one of seen) reactions.get(one.target)(one.isIntersecting);
}, { rootMargin: '700px' });
function watch(element, react) {
  reactions.set(element, react);
  watcher.observe(element);
}

// draw(frame): called for the first time and after each change. Returns {element, redraw}.
// role: `group` if the drawing has parts that can be chosen.
function figure({ title, note, controls = [], table, describe, className, height, role = 'img' }, draw) {
  const heading = h('h3', {}, title);
  const drawing = h('div', { class: 'drawing', role });
  const frame = { title, drawing, table };
  const { bar, table: dataTable, fillTable } = buttons(frame);
  const noteLine = h('p', { class: 'note' });
  const element = h('figure', { class: className }, h('figcaption', {}, heading), controls.length ? h('div', { class: 'controls' }, controls) : null,
    drawing, noteLine, bar, dataTable);
  let near = false, stale = true;
  const show = () => {
    if (!near && !isPrinting()) {
      stale = true;
      return;
    }
    stale = false;
    draw(frame);
  };
  watch(drawing, (now) => {
    near = now;
    if (near && stale) show();
  });
  const redraw = () => {
    const text = typeof title === 'function' ? title() : title;
    frame.title = text;
    heading.textContent = text;
    noteLine.textContent = (typeof note === 'function' ? note() : note) ?? '';
    drawing.setAttribute('aria-label', `${text}. ${describe ? describe() : ''} The table below holds the same numbers.`);
    if (height) drawing.style.height = `${height(widthOf(drawing))}px`;
    show();
    fillTable();
  };
  onChange(redraw);
  return { element, redraw };
}

const widthOf = (drawing) => (isPrinting() ? printWidth : Math.max(240, drawing.clientWidth));

// option({width, narrow}) -> ECharts option; height(width) [px]. Narrower than minWidth [px] it scrolls.
export function chartFigure({ option, height, minWidth = 0, ...rest }) {
  let chart = null;
  return figure({ ...rest, height }, ({ drawing }) => {
    const width = isPrinting() ? printWidth : Math.max(minWidth, widthOf(drawing));
    const size = { width, height: height(width) };
    if (chart) chart.resize({ ...size, silent: true });
    else chart = echarts.init(drawing, null, { renderer: 'svg', ...size });
    chart.setOption({ animation: false, ...option({ width, narrow: width < 560 }) }, { notMerge: true });
  });
}

// svg({width, narrow}) -> SVG element, at most `height` high for the printer, so that it stays on a page.
export function svgFigure({ svg, ...rest }) {
  return figure({ ...rest, className: `own ${rest.className ?? ''}` }, ({ drawing }) => {
    const width = widthOf(drawing);
    drawing.replaceChildren(svg({ width, height: isPrinting() ? 880 : Infinity }));
  });
}
