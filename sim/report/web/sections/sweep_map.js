// Which strategy wins where: each cell in the colour of the best, hatched where it is not told apart from another.
import { ink, strategyColor } from '../lib/colors.js';
import { labelOf, strategies } from '../lib/data.js';
import { h } from '../lib/dom.js';
import { svgFigure } from '../lib/figure.js';
import { decimalsFor, number, scaleOf } from '../lib/format.js';
import { focusCell, heatSvg } from '../lib/heat.js';
import { tip } from '../lib/look.js';
import { onChange, visibleStrategies } from '../lib/state.js';
import { axes, differenceOf, resolution, resolutionOf, scenarioCount, scenarioWords, valueText, valueWords, winnerOf, withError } from '../lib/sweep.js';
import { axisOf, cells, change, onView, stays, view } from '../lib/sweep_view.js';

export const panelTitles = () => (axisOf('panels') ? axisOf('panels').values.map((_, i) => `${valueText(axisOf('panels'), i)}${axisOf('panels').unit ? ` ${axisOf('panels').unit}` : ''}: ${axisOf('panels').label}`) : ['']);
export const sameCell = (cell) => view.chosen !== null && cell.scenarios.length === view.chosen.length && cell.scenarios.every((one, i) => one === view.chosen[i]);
export const mixedColor = () => ink().line;

// Chooses a cell's scenarios, or lets go of them; the focus stays on the cell.
export const chooser = (element) => (cell, index) => {
  change({ chosen: sameCell(cell) ? null : cell.scenarios });
  const svg = element().querySelector('svg.heat');
  if (svg) focusCell(svg, index);
};

export const shownUnit = () => scaleOf(view.quantity).unit;
const shown = (value, se) => { const { factor } = scaleOf(view.quantity); return withError(value * factor, se === null ? null : se * factor, decimalsFor((se ?? 0) * factor)); };

function winnerTip(cell) {
  const { factor, ofDifference } = scaleOf(view.quantity);
  if (cell.scenarios.length > 1) return tip(`${cell.scenarios.length} scenarios`, cell.winners.slice(0, 8).map((one, i) => [one && strategyColor(one.best), `scenario ${cell.scenarios[i] + 1}`, one ? labelOf(one.best) : 'no numbers']), 'Choose the cell to list them below.');
  const found = cell.winners[0], scenario = cell.scenarios[0];
  if (!found) return tip(`Scenario ${scenario + 1}: no numbers`, [], scenarioWords(scenario));
  const rows = found.all.map((one) => {
    const apart = one.strategy === found.best ? null : differenceOf(view.quantity, scenario, found.best, one.strategy);
    return [strategyColor(one.strategy), labelOf(one.strategy), shown(one.value, one.se), apart && apart.lower !== null ? `best by ${number(Math.abs(apart.value) * factor, decimalsFor((apart.se ?? 0) * factor))} (difference ${number(apart.lower * factor, 2)} to ${number(apart.upper * factor, 2)})` : ''];
  });
  const words = found.resolved ? 'Resolved' : `Not resolved against ${found.unresolved.map(labelOf).join(', ')}`;
  const own = resolutionOf(scenario);
  return tip(`Best: ${labelOf(found.best)}`, rows, `${words}.${own?.status === 'equal' ? ` By the sweep's own rule ${[own.best, ...own.others].map(labelOf).join(', ')} are equal within what matters.` : ''} [${[shownUnit(), ofDifference].filter(Boolean)[0] ?? ''}] Scenario ${scenario + 1}. ${scenarioWords(scenario)}`);
}

// One winner a cell; of a cell of several scenarios the one that all have in common.
function drawn() {
  return cells().map((cell) => {
    const winners = cell.scenarios.map((one) => winnerOf(view.quantity, one, view.higher));
    const best = winners.every((one) => one && one.best === winners[0]?.best) ? winners[0]?.best : null;
    const resolved = best !== null && best !== undefined && winners.every((one) => one.resolved);
    const missing = winners.every((one) => !one);
    const words = missing ? 'no numbers' : best ? `${labelOf(best)}${resolved ? '' : ' (not resolved)'}` : 'differs between scenarios';
    const one = winners.length === 1 && winners[0] ? winners[0] : null;
    return {
      ...cell, winners, best, resolved, words, fill: best ? strategyColor(best) : mixedColor(), hatched: Boolean(best) && !resolved, chosen: sameCell(cell),
      lines: one ? [number(one.value * scaleOf(view.quantity).factor, decimalsFor((one.se ?? 0) * scaleOf(view.quantity).factor))] : [missing ? '–' : `${winners.length} sc.`],
      label: `${where(cell)}: ${words}`,
    };
  });
}
export const where = (cell) => ['panels', 'y', 'x'].filter((name) => axisOf(name)).map((name) => valueWords(axisOf(name), cell[name === 'panels' ? 'panel' : name])).join(', ');

function table() {
  const rows = drawn().flatMap((cell) => cell.scenarios.map((scenario, i) => {
    const found = cell.winners[i];
    return [scenario + 1, ...axes.map((axis) => (axis.number ? axis.values[axis.places[scenario]] : valueText(axis, axis.places[scenario]))), found ? found.best : '', found ? (found.resolved ? 'resolved' : 'not resolved') : 'no numbers',
      ...visibleStrategies().flatMap((one) => { const own = found?.all.find((x) => x.strategy === one.name); return [own?.value ?? null, own?.se ?? null]; })];
  }));
  const unit = view.quantity.unit === '1' ? '' : ` [${view.quantity.unit}]`;
  return { columns: ['scenario', ...axes.map((axis) => axis.name), 'best', 'resolved', ...visibleStrategies().flatMap((one) => [`${one.name}${unit}`, `${one.name} se`])], rows };
}

function legend() {
  const box = h('ul', { class: 'legend' });
  const fill = () => box.replaceChildren(
    ...visibleStrategies().map((one) => h('li', {}, h('span', { class: 'dot', style: `background:${strategyColor(one.name)}` }), labelOf(one.name))),
    h('li', {}, h('span', { class: 'dot hatched' }), 'hatched: not resolved'));
  onChange(fill);
  fill();
  return box;
}

function summary() {
  const all = drawn(), of = (name) => all.filter((one) => one.best === name);
  return visibleStrategies().map((one) => `${labelOf(one.name)} best in ${of(one.name).length} of ${all.length} cells, ${of(one.name).filter((x) => x.resolved).length} resolved`).join('; ') + '.';
}

export function sweepMap() {
  if (strategies.length < 2 || scenarioCount === 0 || !view.quantity || view.x < 0) return null;
  const figure = svgFigure({
    title: () => `Best strategy: ${view.higher ? 'highest' : 'lowest'} ${view.quantity.title}`, className: 'map', role: 'group', controls: [legend()],
    svg: ({ width }) => {
      const list = drawn().map((cell) => ({ ...cell, tip: () => winnerTip(cell) }));
      const choose = chooser(() => figure.element);
      return heatSvg({ x: axisOf('x'), y: axisOf('y'), panels: panelTitles(), cells: list, width, choose: (cell) => choose(cell, list.indexOf(cell)) });
    },
    note: () => `${summary()} In the cells: the best value [${shownUnit() || 'number'}]. Hatched, not resolved: the simultaneous 95 % interval of the best less another strategy contains 0.${resolution === null ? '' : ` The sweep was to resolve ${resolution.what}; of that number the intervals hold at all looks at once.`} ${stays() ? `Elsewhere: ${stays()}.` : ''}`,
    describe: summary, table,
  });
  onView(figure.redraw);
  return [figure.element];
}
