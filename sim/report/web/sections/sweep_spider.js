// How the difference runs along each axis by itself: a line for each, from the axis's first value to its last, through
// the base where the axis has it.
import { ink, stateColor } from '../lib/colors.js';
import { s } from '../lib/dom.js';
import { svgFigure } from '../lib/figure.js';
import { fits } from '../lib/heat.js';
import { baseWords, movingAxes } from '../lib/one_axis.js';
import { basePlace, scenarioCount, valueText } from '../lib/sweep.js';
import { onView, view } from '../lib/sweep_view.js';
import { gainName, gainScale, gainText } from './sweep_difference.js';

const height = 360, top = 14, bottom = 40, left = 64, z = 1.959964;

// Steps of 1, 2 or 5 times a power of ten, about five of them.
function ticks(low, high) {
  const rough = (high - low) / 5 || 1, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= 0.7 * rough);
  const found = [];
  for (let at = Math.ceil(low / step); at * step <= high; at++) found.push(at * step);
  return { found, decimals: Math.max(0, -Math.floor(Math.log10(step))) };
}

// Labels at the ends of lines, moved apart.
function apart(labels) {
  const sorted = [...labels].sort((a, b) => a.y - b.y);
  for (let i = 1; i < sorted.length; i++) sorted[i].y = Math.max(sorted[i].y, sorted[i - 1].y + 15);
  const over = sorted.length ? sorted[sorted.length - 1].y - (height - bottom) : 0;
  if (over > 0) for (let i = sorted.length - 1, limit = height - bottom; i >= 0; i--, limit -= 15) sorted[i].y = Math.min(sorted[i].y, limit);
  return labels;
}

function spiderSvg(width) {
  const { factor } = gainScale();
  const lines = movingAxes().map(({ axis, ends }) => ({ axis, color: stateColor(axis.index), points: ends.map((one) => ({ ...one, share: one.place / (axis.values.length - 1), value: one.value * factor, se: (one.se ?? 0) * factor })) }));
  const reach = lines.flatMap(({ points }) => points.flatMap((one) => [one.value - z * one.se, one.value + z * one.se]));
  const low = Math.min(...reach, 0), high = Math.max(...reach, 0), right = Math.min(310, width * 0.4);
  const x = (share) => left + share * (width - left - right), y = (value) => top + (high - value) / (high - low || 1) * (height - top - bottom);
  const { found, decimals } = ticks(low, high);
  const text = (content, attributes) => s('text', { 'font-size': 11, fill: ink().soft, ...attributes }, content);
  const names = apart(lines.map(({ axis, color, points }) => ({ axis, color, y: y(points[points.length - 1].value) + 4 })));
  return s('svg', { width, height, viewBox: `0 0 ${width} ${height}`, 'font-family': 'system-ui, "DejaVu Sans", sans-serif' },
    found.map((one) => s('g', {}, s('path', { d: `M${x(0)} ${y(one)}H${x(1)}`, stroke: one === 0 ? ink().soft : ink().grid, fill: 'none' }), text(gainText(one, decimals), { x: left - 8, y: y(one) + 4, 'text-anchor': 'end' }))),
    lines.map(({ axis, color, points }) => s('g', {},
      s('path', { d: points.map((one, i) => `${i ? 'L' : 'M'}${x(one.share)} ${y(one.value)}`).join(''), stroke: color, 'stroke-width': 2, fill: 'none' }),
      points.map((one) => s('path', { d: `M${x(one.share)} ${y(one.value - z * one.se)}V${y(one.value + z * one.se)}`, stroke: color, 'stroke-width': 1 })),
      points.map((one) => s('circle', { cx: x(one.share), cy: y(one.value), r: one.place === basePlace(axis) ? 5 : 3, fill: one.place === basePlace(axis) ? ink().surface : color, stroke: color, 'stroke-width': 2 })))),
    names.map((one) => text(fits(one.axis.label, right - 12), { x: x(1) + 10, y: one.y, fill: ink().text, 'font-size': 12 })),
    names.map((one) => s('path', { d: `M${x(1) + 4} ${one.y - 4}h4`, stroke: one.color, 'stroke-width': 3 })),
    text('first value of the axis', { x: x(0), y: height - 14, 'text-anchor': 'start' }), text('last', { x: x(1), y: height - 14, 'text-anchor': 'end' }));
}

export function sweepSpider() {
  if (scenarioCount === 0 || !view.quantity || movingAxes().length < 2) return null;
  const words = () => movingAxes().map(({ axis, ends }) => `${axis.label}: ${ends.map((one) => gainText(one.value * gainScale().factor, 2)).join(', ')}`).join('; ') + '.';
  const figure = svgFigure({
    title: () => `Along each axis: ${gainName()}, ${view.quantity.title}${gainScale().unit ? ` [${gainScale().unit}]` : ''}`,
    svg: ({ width }) => spiderSvg(width), describe: words,
    note: `A line for each axis, its values in equal steps from the first to the last; vertical lines: 95 % Monte Carlo intervals; rings: the base, at which the other axes stay (${baseWords()}).`,
    table: () => ({ columns: ['axis', 'at', 'difference', 'se'], rows: movingAxes().flatMap(({ axis, ends }) => ends.map((one) => [axis.name, valueText(axis, one.place), one.value, one.se])) }),
  });
  onView(figure.redraw);
  return [figure.element];
}
