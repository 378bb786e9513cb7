// Curves over time under each strategy, with the band of their interval and the numbers at risk below.
import { ink, strategyColor, strategyDash } from './colors.js';
import { labelOf, sections } from './data.js';
import { count, decimalsFor, number, time as timeText } from './format.js';
import { font, percentAxis, textStyle, timeScale, timeStep, tip, tooltip, valueAxis } from './look.js';
import { isPrinting, visibleStrategies } from './state.js';

// The curves of a kind: [{key, label, lines: [series]}], a group of an outcome on its own.
export function curvesOf(kind) {
  const found = new Map();
  for (const one of sections.curves?.series ?? []) {
    if (one.kind !== kind) continue;
    const key = JSON.stringify([one.outcome, one.group]);
    const label = [one.label, one.group].filter(Boolean).join(': ');
    if (!found.has(key)) found.set(key, { key, outcome: one.outcome, label, grouped: one.group !== '', lines: [] });
    found.get(key).lines.push(one);
  }
  return [...found.values()];
}

export function nearest(times, t) {
  let best = 0;
  for (let i = 1; i < times.length; i++) if (Math.abs(times[i] - t) < Math.abs(times[best] - t)) best = i;
  return best;
}

const linesShown = (curve) => visibleStrategies().map((one) => curve.lines.find((line) => line.strategy === one.name)).filter(Boolean);
const lastTime = (lines) => Math.max(...lines.map((one) => one.time[one.time.length - 1]));

// From which time on numbers are beyond what was observed; null if none are.
export function extrapolatedFrom(lines) {
  const starts = lines.map((one) => one.time[one.extrapolated.findIndex((x) => x === 1) - 1]).filter((x) => x !== undefined);
  return starts.length ? Math.min(...starts) : null;
}

function band(line, color, axis) {
  const present = line.time.map((_, i) => i).filter((i) => line.lower[i] !== null && line.upper[i] !== null);
  return {
    type: 'custom', silent: true, tooltip: { show: false }, data: [[0, 0]], z: 1, clip: true, ...axis,
    renderItem: (_, api) => ({
      type: 'polygon', style: { fill: color, opacity: 0.18 },
      shape: { points: [...present.map((i) => api.coord([line.time[i] * timeScale.factor, line.upper[i]])),
        ...present.reverse().map((i) => api.coord([line.time[i] * timeScale.factor, line.lower[i]]))] },
    }),
  };
}

export function shading(lines) {
  const from = extrapolatedFrom(lines);
  if (from === null) return undefined;
  return {
    silent: true, itemStyle: { color: ink().shade },
    label: { show: true, position: 'insideTop', color: ink().soft, fontFamily: font, fontSize: 11 },
    data: [[{ xAxis: from * timeScale.factor, name: 'extrapolated' }, { xAxis: lastTime(lines) * timeScale.factor }]],
  };
}

// At the ticks of the time axis, a row a strategy.
function atRisk(lines, ticks, small) {
  const data = [];
  lines.forEach((line, row) => ticks.forEach((tick) => {
    const n = line.at_risk[nearest(line.time, tick / timeScale.factor)];
    if (n !== null) data.push([tick, row, n]);
  }));
  return {
    type: 'custom', xAxisIndex: 1, yAxisIndex: 1, silent: true, data, tooltip: { show: false },
    renderItem: (_, api) => {
      const [x, y] = api.coord([api.value(0), api.value(1)]);
      return { type: 'text', style: { text: count(api.value(2)), x, y, align: 'center', verticalAlign: 'middle', fill: strategyColor(lines[api.value(1)].strategy), fontFamily: font, fontSize: small ? 9 : 11 } };
    },
  };
}

function curveTip(lines, t) {
  const rows = lines.map((line) => {
    const i = nearest(line.time, t / timeScale.factor);
    const decimals = line.lower[i] === null ? 1 : decimalsFor((line.upper[i] - line.lower[i]) / 4 * 100);
    const percent = (x) => number(x === null ? null : x * 100, decimals);
    const interval = line.lower[i] === null ? '' : `(${percent(line.lower[i])} to ${percent(line.upper[i])})`;
    return [strategyColor(line.strategy), labelOf(line.strategy), `${percent(line.estimate[i])} %`, interval];
  });
  const i = nearest(lines[0].time, t / timeScale.factor);
  return tip(`At ${timeText(lines[0].time[i])}${lines[0].extrapolated[i] === 1 ? ' (extrapolated)' : ''}`, rows, '95 % Monte Carlo interval');
}

export const rowHeight = 16;
export const curveHeight = (width) => Math.round(Math.min(isPrinting() ? 250 : 340, Math.max(230, width * 0.55))) + 78 + visibleStrategies().length * rowHeight;

// `fitted`: the axis of the estimates ends where they end, instead of at 0 and 100 %.
export function curveOption(curve, { width }, fitted) {
  const lines = linesShown(curve);
  const longest = lastTime(lines) * timeScale.factor, step = timeStep(longest);
  const ticks = Array.from({ length: Math.floor(longest / step + 1e-6) + 1 }, (_, i) => i * step);
  const small = width < 420, left = small ? 92 : 142, right = small ? 20 : 30;
  const below = lines.length * rowHeight;
  const plot = curveHeight(width) - 78 - below;
  const all = lines.flatMap((one) => one.estimate.filter((x) => x !== null));
  const range = fitted ? { min: Math.floor(Math.min(...all) * 20) / 20, max: Math.ceil(Math.max(...all) * 20) / 20 } : {};
  return {
    textStyle: textStyle(),
    grid: [{ left, right, top: 14, height: plot }, { left, right, top: 14 + plot + 62, height: below }],
    xAxis: [
      valueAxis({ min: 0, max: longest, interval: step, name: `${timeScale.unit} since the origin`, nameLocation: 'middle', nameGap: 24, splitLine: { show: false } }),
      valueAxis({ gridIndex: 1, min: 0, max: longest, interval: step, show: false }),
    ],
    yAxis: [percentAxis(range), {
      gridIndex: 1, type: 'category', inverse: true, data: lines.map((one) => one.strategy), axisLine: { show: false }, axisTick: { show: false },
      name: 'At risk', nameLocation: 'start', nameGap: 4, nameTextStyle: { align: 'right', color: ink().soft, fontFamily: font, fontSize: 11, padding: [0, small ? 24 : 32, 0, 0] },
      axisLabel: { fontFamily: font, fontSize: small ? 9 : 11, margin: small ? 24 : 32, width: left - (small ? 26 : 34), overflow: 'truncate', color: (name) => strategyColor(name) },
    }],
    tooltip: tooltip({ trigger: 'axis', axisPointer: { type: 'line', lineStyle: { color: ink().soft } }, formatter: (found) => curveTip(lines, found[0].axisValue) }),
    series: [
      ...lines.map((line) => band(line, strategyColor(line.strategy), {})),
      ...lines.map((line, i) => ({
        type: 'line', name: labelOf(line.strategy), showSymbol: false, z: 3, color: strategyColor(line.strategy),
        lineStyle: { width: 2, type: strategyDash(line.strategy) }, data: line.time.map((t, j) => [t * timeScale.factor, line.estimate[j]]),
        markArea: i === 0 ? shading(lines) : undefined,
      })),
      atRisk(lines, ticks, small),
    ],
  };
}

export function curveTable(curve) {
  return {
    columns: ['strategy', 'time [years]', 'estimate', 'lower 95 %', 'upper 95 %', 'at risk', 'extrapolated'],
    rows: linesShown(curve).flatMap((line) => line.time.map((t, i) => [line.strategy, t, line.estimate[i], line.lower[i], line.upper[i], line.at_risk[i], line.extrapolated[i]])),
  };
}

// For a screen reader: where each curve ends. One may end before follow-up does.
export function curveWords(curve) {
  return linesShown(curve).map((line) => {
    const last = line.estimate.findLastIndex((x) => x !== null);
    return last < 0 ? null : `${labelOf(line.strategy)}: ${number(line.estimate[last] * 100, 1)} % at ${timeText(line.time[last])}`;
  }).filter(Boolean).join('; ') + '.';
}
