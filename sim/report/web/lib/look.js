// What the charts have in common: axes, tooltips.
import { ink } from './colors.js';
import { h } from './dom.js';
import { horizon } from './data.js';

export const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif';
export const textStyle = () => ({ fontFamily: font, color: ink().text });

// Time axes are in months up to ten years, then in years.
export const timeScale = horizon <= 10 ? { factor: 12, unit: 'months' } : { factor: 1, unit: 'years' };

export function timeStep(longest) {
  const steps = timeScale.unit === 'months' ? [1, 2, 3, 6, 12, 24] : [1, 2, 5, 10, 20, 25, 50];
  return steps.find((one) => longest / one <= 6.01) ?? steps[steps.length - 1];
}

export const valueAxis = (extra = {}) => ({
  type: 'value', axisLine: { show: true, lineStyle: { color: ink().line } }, axisTick: { show: false },
  axisLabel: { color: ink().soft, fontFamily: font, fontSize: 11, hideOverlap: true }, splitLine: { lineStyle: { color: ink().grid } },
  nameTextStyle: { color: ink().soft, fontFamily: font, fontSize: 11 }, ...extra,
});

export const percentAxis = (extra = {}) => valueAxis({ min: 0, max: 1, axisLabel: {
  color: ink().soft, fontFamily: font, fontSize: 11, formatter: (value) => `${Math.round(value * 1000) / 10} %` }, ...extra });

// Rows under a heading; each [colour or null, name, value].
export function tip(heading, rows, note) {
  return h('div', { class: 'tip' }, h('strong', {}, heading),
    h('table', {}, rows.map(([color, name, ...values]) => h('tr', {},
      h('td', {}, color ? h('span', { class: 'dot', style: `background:${color}` }) : null), h('td', {}, name),
      values.map((value) => h('td', { class: 'number' }, value))))),
    note ? h('div', { class: 'soft' }, note) : null);
}

export const tooltip = (extra) => ({
  confine: true, backgroundColor: ink().surface, borderColor: ink().line, padding: 8, transitionDuration: 0,
  textStyle: { color: ink().text, fontFamily: font, fontSize: 12 }, ...extra,
});
