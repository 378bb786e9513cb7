// How far each axis by itself moves the difference, with the others at the model's own value or the middle one.
import { ink, strategyColor } from '../lib/colors.js';
import { s } from '../lib/dom.js';
import { svgFigure } from '../lib/figure.js';
import { decimalsFor } from '../lib/format.js';
import { fits } from '../lib/heat.js';
import { atTheBase, baseWords, movingAxes } from '../lib/one_axis.js';
import { scenarioCount, valueText } from '../lib/sweep.js';
import { onView, view } from '../lib/sweep_view.js';
import { gainName, gainScale, gainText } from './sweep_difference.js';

const barHeight = 22, rowHeight = 60, z = 1.959964;

function bars() {
  return movingAxes().map(({ axis, ends }) => {
    const sorted = [...ends].sort((a, b) => a.value - b.value);
    return { axis, low: sorted[0], high: sorted[sorted.length - 1] };
  }).sort((a, b) => (b.high.value - b.low.value) - (a.high.value - a.low.value));
}

function tornadoSvg(width) {
  const list = bars(), { factor } = gainScale(), centre = atTheBase();
  const ends = list.flatMap(({ low, high }) => [low, high]);
  const reach = ends.flatMap((one) => [-1, 1].map((sign) => one.value + sign * z * (one.se ?? 0)));
  const low = Math.min(...reach, 0), high = Math.max(...reach, 0), margin = 76;
  const at = (value) => margin + (value - low) / (high - low || 1) * (width - 2 * margin);
  const height = list.length * rowHeight + 26;
  const text = (content, attributes) => s('text', { 'font-size': 11, fill: ink().soft, ...attributes }, content);
  const line = (value, dash) => s('path', { d: `M${at(value)} 0V${height - 20}`, stroke: ink().soft, 'stroke-dasharray': dash, fill: 'none' });
  return s('svg', { width, height, viewBox: `0 0 ${width} ${height}`, 'font-family': 'system-ui, "DejaVu Sans", sans-serif' },
    list.map(({ axis, low: a, high: b }, i) => {
      const y = i * rowHeight + 18, middle = y + barHeight / 2;
      const whisker = (one) => s('path', { d: `M${at(one.value - z * (one.se ?? 0))} ${middle}H${at(one.value + z * (one.se ?? 0))}`, stroke: ink().text, 'stroke-width': 1.5 });
      const end = (one, anchor, x) => text(`${gainText(one.value * factor, decimalsFor((one.se ?? 0) * factor))} (${valueText(axis, one.place)})`, { x, y: y + barHeight + 12, 'text-anchor': anchor });
      const apart = at(b.value) - at(a.value) > 170;
      return s('g', {}, text(fits(axis.label, width), { x: 0, y: y - 5, fill: ink().text, 'font-size': 12 }),
        s('rect', { x: at(a.value), y, width: Math.max(1, at(b.value) - at(a.value)), height: barHeight, rx: 3, fill: strategyColor(view.strategy), opacity: 0.75 }), whisker(a), whisker(b),
        apart ? [end(a, 'start', at(a.value)), end(b, 'end', at(b.value))] : [end(a, 'end', at((a.value + b.value) / 2) - 6), end(b, 'start', at((a.value + b.value) / 2) + 6)]);
    }),
    low <= 0 && high >= 0 ? [line(0, null), text('0', { x: at(0), y: height - 6, 'text-anchor': 'middle' })] : null, centre ? line(centre.value, '4 3') : null);
}

export function sweepTornado() {
  if (scenarioCount === 0 || !view.quantity || bars().length < 2) return null;
  const words = () => bars().map(({ axis, low, high }) => { const { factor } = gainScale(); return `${axis.label}: ${gainText(low.value * factor, 2)} to ${gainText(high.value * factor, 2)}`; }).join('; ') + '.';
  const figure = svgFigure({
    title: () => `One axis at a time: ${gainName()}, ${view.quantity.title}${gainScale().unit ? ` [${gainScale().unit}]` : ''}`,
    svg: ({ width }) => tornadoSvg(width), describe: words,
    note: `The range of the number over each axis, in brackets the values of the axis at its ends; thin lines: 95 % Monte Carlo intervals of the ends; dashed: with all axes at the base. The base: ${baseWords()}.`,
    table: () => ({ columns: ['axis', 'lowest', 'se', 'at', 'highest', 'se', 'at'], rows: bars().map(({ axis, low, high }) => [axis.name, low.value, low.se, valueText(axis, low.place), high.value, high.se, valueText(axis, high.place)]) }),
  });
  onView(figure.redraw);
  return [figure.element];
}
