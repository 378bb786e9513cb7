// Where patients are at each time: stacked shares of the states, a panel a strategy.
import { ink, stateColor } from '../lib/colors.js';
import { extrapolatedFrom, nearest } from '../lib/curves.js';
import { labelOf, sections } from '../lib/data.js';
import { h } from '../lib/dom.js';
import { chartFigure } from '../lib/figure.js';
import { number, time as timeText } from '../lib/format.js';
import { font, percentAxis, textStyle, timeScale, timeStep, tip, tooltip, valueAxis } from '../lib/look.js';
import { onChange, visibleStrategies } from '../lib/state.js';

const smallest = 0.002;  // a state that never holds more is left out of the drawing, not of the table

// States in the order of the model, those that end a life last (on top).
function statesOf(series) {
  const known = sections.pathway?.states ?? [];
  const names = [...new Set(series.map((one) => one.level))];
  const info = names.map((name) => {
    const index = known.findIndex((one) => one.name === name);
    return { name, index: index < 0 ? names.indexOf(name) : index, label: known[index]?.label ?? name, absorbing: known[index]?.absorbing ?? false };
  }).sort((a, b) => a.absorbing - b.absorbing || a.index - b.index);
  return info.map((one) => ({ ...one, most: Math.max(...series.filter((x) => x.level === one.name).flatMap((x) => x.estimate)) }));
}

// Where observation ends.
function border(line) {
  const from = extrapolatedFrom([line]);
  return from === null ? undefined : {
    silent: true, symbol: 'none', z: 6, lineStyle: { color: ink().text, type: 'dashed', width: 1 }, data: [{ xAxis: from * timeScale.factor }],
    label: { formatter: 'extrapolated →', position: 'end', align: 'left', distance: 2, color: ink().soft, fontFamily: font, fontSize: 10 },
  };
}

const panelHeight = 250;
const columnsFor = (width, panels) => Math.min(panels, width >= 860 ? 3 : width >= 560 ? 2 : 1);

function panel(strategy, place, states, series, size) {
  const { x, y, width } = place;
  const bands = states.map((state) => ({ state, line: series.find((one) => one.level === state.name && one.strategy === strategy) })).filter((one) => one.line);
  const longest = Math.max(...bands.map(({ line }) => line.time[line.time.length - 1])) * timeScale.factor;
  const i = place.index;
  return {
    grid: { left: x + 48, top: y + 38, width: width - 66, height: panelHeight - 92 },
    title: { text: labelOf(strategy), left: x + 48, top: y, textStyle: { fontFamily: font, fontSize: 13, color: ink().text, width: width - 60, overflow: 'truncate' } },
    xAxis: valueAxis({ gridIndex: i, min: 0, max: longest, interval: timeStep(longest), name: timeScale.unit, nameLocation: 'middle', nameGap: 22, splitLine: { show: false } }),
    yAxis: percentAxis({ gridIndex: i, interval: 0.25, splitLine: { show: false } }),
    series: bands.map(({ state, line }, j) => ({
      type: 'line', name: state.name, stack: strategy, xAxisIndex: i, yAxisIndex: i, showSymbol: false, color: stateColor(state.index, state.absorbing),
      lineStyle: { width: 0.6, color: ink().surface }, areaStyle: { opacity: 0.92, color: stateColor(state.index, state.absorbing) },
      data: line.time.map((t, k) => [t * timeScale.factor, line.estimate[k]]), markLine: j === 0 ? border(line) : undefined, emphasis: { disabled: true },
    })),
    size,
  };
}

function tipOf(states, series, found) {
  const strategy = visibleStrategies()[found[0].axisIndex];
  const rows = states.map((state) => {
    const line = series.find((one) => one.level === state.name && one.strategy === strategy.name);
    const i = nearest(line.time, found[0].axisValue / timeScale.factor);
    return [stateColor(state.index, state.absorbing), state.label, line.estimate[i], `${number(line.estimate[i] * 100, 1)} %`, line.lower[i] === null ? '' : `(${number(line.lower[i] * 100, 1)} to ${number(line.upper[i] * 100, 1)})`];
  }).filter((row) => row[2] >= 0.0005).map(([color, name, , ...texts]) => [color, name, ...texts]);
  return tip(`${strategy.label}, at ${timeText(found[0].axisValue / timeScale.factor)}`, rows.reverse(), '95 % Monte Carlo interval');
}

function option(states, series, size) {
  const shown = visibleStrategies();
  const columns = columnsFor(size.width, shown.length), width = size.width / columns;
  const panels = shown.map((one, index) => panel(one.name, { index, x: (index % columns) * width, y: Math.floor(index / columns) * panelHeight, width }, states, series, size));
  return {
    textStyle: textStyle(), grid: panels.map((one) => one.grid), title: panels.map((one) => one.title), xAxis: panels.map((one) => one.xAxis),
    yAxis: panels.map((one) => one.yAxis), series: panels.flatMap((one) => one.series),
    tooltip: tooltip({ trigger: 'axis', axisPointer: { type: 'line' }, formatter: (found) => tipOf(states, series, found) }),
  };
}

export function occupancy() {
  const series = (sections.curves?.series ?? []).filter((one) => one.kind === 'occupancy');
  if (series.length === 0) return null;
  const all = statesOf(series), states = all.filter((one) => one.most >= smallest);
  const legend = h('ul', { class: 'legend' });
  const fill = () => legend.replaceChildren(...states.map((one) => h('li', {}, h('span', { class: 'dot', style: `background:${stateColor(one.index, one.absorbing)}` }), one.label)));
  fill();
  onChange(fill);
  const left = all.filter((one) => one.most < smallest).map((one) => one.label);
  const figure = chartFigure({
    title: 'Share of patients in each state', controls: [legend],
    note: left.length ? `Not drawn, never more than ${smallest * 100} %: ${left.join(', ')}.` : '',
    height: (width) => Math.ceil(visibleStrategies().length / columnsFor(width, visibleStrategies().length)) * panelHeight,
    option: (size) => option(states, series, size),
    describe: () => visibleStrategies().map((one) => `${one.label}: ${states.map((state) => {
      const line = series.find((x) => x.level === state.name && x.strategy === one.name);
      return `${state.label} ${number(line.estimate[line.estimate.length - 1] * 100, 1)} %`;
    }).join(', ')} at the end`).join('. ') + '.',
    table: () => ({
      columns: ['strategy', 'state', 'time [years]', 'share', 'lower 95 %', 'upper 95 %', 'extrapolated'],
      rows: visibleStrategies().flatMap((one) => series.filter((x) => x.strategy === one.name)
        .flatMap((x) => x.time.map((t, i) => [x.strategy, x.level, t, x.estimate[i], x.lower[i], x.upper[i], x.extrapolated[i]]))),
    }),
  });
  return [figure.element];
}
