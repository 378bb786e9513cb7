// Colours that colour-blind readers can tell apart: strategies after Okabe and Ito (2008), the reference in the colour
// of text; states after Paul Tol's qualitative schemes (SRON technical note, 2021), ends in grey.
import { reference, strategies } from './data.js';
import { isDark } from './state.js';

const strategyColors = {
  light: ['#0072B2', '#D55E00', '#009E73', '#C2579A', '#B07700', '#3A9BDC', '#7A6A00', '#5B4FB3'],
  dark: ['#5CB3F0', '#FF8A47', '#2CC29A', '#E89AC7', '#EDBE4B', '#A3D5F7', '#D6CB62', '#B3A8F2'],
};
const stateColors = ['#4477AA', '#66CCEE', '#EECC66', '#CC6677', '#228833', '#AACC66', '#AA3377', '#44AA99', '#332288',
  '#EE8866', '#AA99CC', '#DDAACC', '#882255', '#999933', '#77AADD', '#BBCC33'];
const grades = ['#FFF3C4', '#FBC94D', '#F08A24', '#C24A0A', '#6E2506', '#3B1203'];

export const ink = () => (isDark()
  ? { text: '#e8eaed', soft: '#a9b0ba', line: '#3a4149', grid: '#2b3138', surface: '#15181c', shade: 'rgba(255,255,255,.06)' }
  : { text: '#1b1f24', soft: '#59636e', line: '#c4cad1', grid: '#e9ecef', surface: '#ffffff', shade: 'rgba(30,40,60,.06)' });

export function strategyColor(name) {
  if (name === reference) return ink().text;
  const list = strategyColors[isDark() ? 'dark' : 'light'];
  return list[strategies.filter((one) => one.name !== reference).findIndex((one) => one.name === name) % list.length];
}
// Beyond the colours there are, lines are told apart by dashes.
export function strategyDash(name) {
  const index = strategies.filter((one) => one.name !== reference).findIndex((one) => one.name === name);
  return index < strategyColors.light.length ? 'solid' : 'dashed';
}

export function stateColor(index, absorbing) {
  if (absorbing) return isDark() ? '#6d7580' : '#a7adb5';
  return stateColors[index % stateColors.length];
}

// Of levels in order (grades) light to dark; of others one after the other.
export function levelColor(index, levels) {
  if (levels.every((one) => /^-?\d+(\.\d+)?$/.test(one)) && levels.length <= grades.length) return grades[index];
  return stateColors[index % stateColors.length];
}

// Black or white, whichever is read on this colour.
export function textOn(color) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255);
  return 0.2126 * r ** 2.2 + 0.7152 * g ** 2.2 + 0.0722 * b ** 2.2 > 0.3 ? '#111111' : '#ffffff';
}
