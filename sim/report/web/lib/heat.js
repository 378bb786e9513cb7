// A map over two axes as SVG, perhaps once for each value of a third: cells in rows and columns, or, where an axis has too
// many values for that, a point a scenario. Cells are reached with Tab and the arrow keys, chosen with Enter or a click.
import { ink, textOn } from './colors.js';
import { h, newId, s } from './dom.js';
import { axisTitle, isFine, valueText } from './sweep.js';

const fontSize = 11, pointSize = 13, gap = 28;
export const fits = (text, room, each = 6.2) => (text.length * each <= room ? text : `${text.slice(0, Math.max(1, Math.floor(room / each) - 1))}…`);

// Places along `length` px: {size, at(place)}, the latter for places between two as well.
function scale(axis, length) {
  if (!axis) return { size: length, at: () => length / 2, ticks: [] };
  const n = axis.values.length;
  if (!isFine(axis)) return { size: length / n, at: (place) => (place + 0.5) * length / n, ticks: axis.values.map((_, i) => i) };
  const value = (place) => (axis.number ? axis.values[place] : place);
  const low = value(0), span = value(n - 1) - low || 1;
  const at = (place) => pointSize + (value(place) - low) / span * (length - 2 * pointSize);
  return { size: pointSize, at, ticks: [0, 1, 2, 3, 4].map((i) => Math.round(i * (n - 1) / 4)) };
}

function layout({ x, y, panelCount, width }) {
  const labels = y ? y.values.map((_, i) => valueText(y, i)) : [];
  const left = Math.min(width < 560 ? 70 : 150, 16 + Math.max(0, ...labels.map((one) => one.length)) * 6.2);
  const columns = x && !isFine(x) ? x.values.length : 8;
  const most = Math.max(1, Math.floor((width + gap) / (left + Math.max(columns * 44, 200) + gap)));
  const across = Math.min(panelCount, most);
  const panelWidth = Math.max(left + columns * 16, Math.min(across === 1 ? 900 : width, (width - (across - 1) * gap) / across));
  const rows = y && !isFine(y) ? y.values.length : y ? 10 : 1;
  const inner = { width: panelWidth - left - (x && isFine(x) ? 20 : 4), height: Math.max(rows * 40, y ? 120 : 48) };
  if (y && rows > 16) inner.height = rows * 22;
  return { left, top: 42, across, panelWidth, panelHeight: inner.height + 42 + 46, inner };
}

function axisTexts({ x, y }, place, h0, v0) {
  const text = (content, attributes) => s('text', { 'font-size': fontSize, fill: ink().soft, ...attributes }, content);
  const { left, top, inner } = place, made = [];
  const room = inner.width / Math.max(1, h0.ticks.length), every = Math.max(1, Math.ceil(26 / room));
  h0.ticks.forEach((i, k) => { if (k % every === 0) made.push(text(fits(valueText(x, i), room * every - 4), { x: left + h0.at(i), y: top + inner.height + 16, 'text-anchor': 'middle' })); });
  v0.ticks.forEach((i) => made.push(text(fits(valueText(y, i), left - 12), { x: left - 7, y: top + inner.height - v0.at(i) + 4, 'text-anchor': 'end' })));
  if (x) made.push(text(fits(axisTitle(x), inner.width + left), { x: left + inner.width, y: top + inner.height + 34, 'text-anchor': 'end' }));
  if (y) made.push(text(fits(`↑ ${axisTitle(y)}`, inner.width + left), { x: 0, y: top - 10 }));
  return made;
}

function drawCell(cell, index, { left, top, inner }, h0, v0, pattern) {
  const [w, t] = [Math.max(2, h0.size - 2), Math.max(2, v0.size - 2)];
  const [cx, cy] = [left + h0.at(cell.x), top + inner.height - v0.at(cell.y)];
  const box = { x: cx - w / 2, y: cy - t / 2, width: w, height: t, rx: Math.min(3, w / 4) };
  return s('g', { class: 'cell', role: 'button', 'aria-label': cell.label, 'aria-pressed': String(Boolean(cell.chosen)), tabindex: index === 0 ? '0' : '-1', 'data-cell': index, 'data-hatched': cell.hatched ? 'yes' : 'no' },
    s('rect', { ...box, fill: cell.fill, stroke: cell.chosen ? ink().text : ink().surface, 'stroke-width': cell.chosen ? 3 : 1 }),
    cell.hatched ? s('rect', { ...box, fill: `url(#${pattern})`, 'pointer-events': 'none' }) : null);
}

// What is written in a cell, as far as there is room; it stands out from hatches and marks.
function cellTexts(cell, { left, top, inner }, h0, v0) {
  const lines = (cell.lines ?? []).filter((one) => one.length * 6.2 < h0.size - 6);
  const shown = lines.length * 13 < v0.size - 2 ? lines : lines.slice(0, v0.size > 16 ? 1 : 0);
  return shown.flatMap((line, i) => {
    const at = { x: left + h0.at(cell.x), y: top + inner.height - v0.at(cell.y) + 4 + (i - (shown.length - 1) / 2) * 13, 'text-anchor': 'middle', 'pointer-events': 'none', 'font-size': i === 0 ? 12 : 10 };
    return [s('text', { ...at, stroke: cell.fill, 'stroke-width': 5, 'stroke-linejoin': 'round', fill: 'none', 'aria-hidden': 'true' }, line), s('text', { ...at, fill: textOn(cell.fill), 'aria-hidden': 'true' }, line)];
  });
}

// A place with its interval between the cells: {panel, along ('x' or 'y'), other, at, low, high}, in places of the axes.
function drawMark(mark, { left, top, inner }, h0, v0) {
  const point = (place) => (mark.along === 'x' ? [left + h0.at(place), top + inner.height - v0.at(mark.other)] : [left + h0.at(mark.other), top + inner.height - v0.at(place)]);
  const [[x, y], [x1, y1], [x2, y2]] = [mark.at, mark.low, mark.high].map(point);
  const d = mark.along === 'x' ? `M${x} ${y - v0.size * 0.32}V${y + v0.size * 0.32}M${x1} ${y}H${x2}` : `M${x - h0.size * 0.32} ${y}H${x + h0.size * 0.32}M${x} ${y1}V${y2}`;
  return ['surface', 'text'].map((color) => s('path', { class: 'mark', d, stroke: ink()[color], 'stroke-width': color === 'text' ? 2 : 5, fill: 'none', 'pointer-events': 'none' }));
}

const hatch = (id) => s('defs', {}, s('pattern', { id, width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' }, s('rect', { width: 2.6, height: 7, fill: ink().surface, opacity: 0.75 })));

// cells: [{panel, x, y, fill, hatched, lines, label, tip(), chosen}]; choose(cell). panels: texts above the maps.
export function heatSvg({ x, y, panels, cells, marks = [], width, choose }) {
  const place = layout({ x, y, panelCount: panels.length, width });
  const h0 = scale(x, place.inner.width), v0 = scale(y, place.inner.height), pattern = newId('hatch');
  const high = Math.ceil(panels.length / place.across) * place.panelHeight, wide = place.across * place.panelWidth + (place.across - 1) * gap;
  const svg = s('svg', { width: wide, height: high, viewBox: `0 0 ${wide} ${high}`, class: 'heat', 'font-family': 'system-ui, "DejaVu Sans", sans-serif' }, hatch(pattern));
  panels.forEach((title, i) => {
    const group = s('g', { transform: `translate(${(i % place.across) * (place.panelWidth + gap)} ${Math.floor(i / place.across) * place.panelHeight})` },
      title ? s('text', { x: 0, y: 12, 'font-size': 12, 'font-weight': 600, fill: ink().text }, fits(title, place.panelWidth, 7.6)) : null, axisTexts({ x, y }, place, h0, v0));
    cells.forEach((cell, index) => { if (cell.panel === i) group.append(drawCell(cell, index, place, h0, v0, pattern)); });
    for (const mark of marks) if (mark.panel === i) group.append(...drawMark(mark, place, h0, v0));
    for (const cell of cells) if (cell.panel === i) group.append(...cellTexts(cell, place, h0, v0));
    svg.append(group);
  });
  listen(svg, cells, choose);
  return svg;
}

const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function neighbour(cells, from, [dx, dy]) {
  const ahead = (one) => one.panel === from.panel && (dx !== 0 ? one.y === from.y && (one.x - from.x) * dx > 0 : one.x === from.x && (one.y - from.y) * dy > 0);
  const near = (one) => Math.abs(one.x - from.x) + Math.abs(one.y - from.y);
  return cells.filter(ahead).sort((a, b) => near(a) - near(b))[0] ?? cells[cells.indexOf(from) + (dx || -dy)];
}

function listen(svg, cells, choose) {
  const of = (event) => event.target.closest?.('.cell');
  const cellOf = (element) => cells[Number(element.dataset.cell)];
  const show = (event) => { const element = of(event); if (element) showTip(element, cellOf(element).tip()); };
  for (const type of ['pointerover', 'focusin']) svg.addEventListener(type, show);
  for (const type of ['pointerout', 'focusout']) svg.addEventListener(type, hideTip);
  svg.addEventListener('click', (event) => { const element = of(event); if (element) choose(cellOf(element)); });
  svg.addEventListener('keydown', (event) => {
    const element = of(event);
    if (!element) return;
    if (event.key === 'Escape') return hideTip();
    if (event.key === 'Enter' || event.key === ' ') choose(cellOf(element));
    else if (steps[event.key]) {
      const next = neighbour(cells, cellOf(element), steps[event.key]);
      if (next) focusCell(svg, cells.indexOf(next));
    } else return;
    event.preventDefault();
  });
}

export function focusCell(svg, index) {
  for (const one of svg.querySelectorAll('.cell[tabindex="0"]')) one.setAttribute('tabindex', '-1');
  const found = svg.querySelector(`[data-cell="${index}"]`);
  found?.setAttribute('tabindex', '0');
  found?.focus();
}

let tipBox = null;
function showTip(element, content) {
  tipBox ??= document.body.appendChild(h('div', { class: 'floating', role: 'status' }));
  tipBox.replaceChildren(content);
  tipBox.hidden = false;
  const cell = element.getBoundingClientRect(), own = tipBox.getBoundingClientRect();
  const above = cell.top - own.height - 6;
  tipBox.setAttribute('style', `left:${Math.max(6, Math.min(document.documentElement.clientWidth - own.width - 6, cell.left))}px;top:${above > 50 ? above : cell.bottom + 6}px`);
}
function hideTip() {
  if (tipBox) tipBox.hidden = true;
}
