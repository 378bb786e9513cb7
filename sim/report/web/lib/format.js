// Numbers as people read them: digits by the error, units that fit.
import { isAtEnd } from './data.js';

// Decimals that show one digit of an error, two if the first is a 1.
export function decimalsFor(error) {
  if (!(error > 0)) return 1;
  const exponent = Math.floor(Math.log10(error));
  const first = error / 10 ** exponent;
  return Math.max(0, Math.min(6, -exponent + (first < 1.95 ? 1 : 0)));
}

export function number(value, decimals) {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  const text = value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return (/[1-9]/.test(text) ? text : text.replace('-', '')).replace('-', '−');
}
export function signed(value, decimals) {
  const text = number(value, decimals);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}
export const count = (value) => number(value, 0);

// What a number is multiplied by to be shown, and its unit; `ofDifference` for differences.
export function scaleOf(cell) {
  if (cell.unit === '1' && cell.method === 'mean') return { factor: 1, unit: '', ofDifference: '' };  // numbers of times
  if (cell.unit === '1') return { factor: 100, unit: '%', ofDifference: 'percentage points' };
  if (cell.unit === 'years' && cell.time <= 5) return { factor: 12, unit: 'months', ofDifference: 'months' };
  return { factor: 1, unit: cell.unit, ofDifference: cell.unit };
}

// "12 months", "28 days", "20 years"
export function time(years) {
  const whole = (x) => Math.abs(x - Math.round(x)) < 1e-6;
  const words = (n, unit) => `${count(Math.round(n))} ${unit}${Math.round(n) === 1 ? '' : 's'}`;
  if (whole(years * 12) && years <= 5) return words(years * 12, 'month');
  if (whole(years)) return words(years, 'year');
  if (whole(years * 365.25)) return words(years * 365.25, 'day');
  return years < 5 ? `${number(years * 12, 1)} months` : `${number(years, 1)} years`;
}

// Of a number that is the same for all patients: 0 %, at most 0.004.
function bounded(row, factor, unit, sign, decimals) {
  const atBottom = row.upper - row.estimate >= row.estimate - row.lower;
  const value = row.estimate * factor;
  return {
    value: `${number(value, Number.isInteger(value) ? 0 : 1)}${sign}`, unit,
    interval: `${atBottom ? 'at most' : 'at least'} ${number((atBottom ? row.upper : row.lower) * factor, decimals)}`,
  };
}

// Estimate and interval of a row, each as text with the digits of its error.
export function estimate(row) {
  const { factor, unit } = scaleOf(row);
  const spread = row.se ?? (row.upper - row.lower) / 4;
  const decimals = decimalsFor(spread * factor);
  const sign = unit === '%' ? ' %' : '';
  if (row.se === null && row.lower !== null) return bounded(row, factor, unit, sign, decimals);
  return {
    value: `${number(row.estimate * factor, decimals)}${sign}`, unit,
    interval: row.lower === null ? '' : `${number(row.lower * factor, decimals)} to ${number(row.upper * factor, decimals)}`,
  };
}

export function difference(row) {
  const { factor, ofDifference } = scaleOf(row);
  if (row.difference === null || row.difference === undefined) return null;
  const spread = row.difference_se ?? (row.difference_upper - row.difference_lower) / 4;
  const decimals = decimalsFor(spread * factor);
  const identical = String(row.difference_note ?? '').startsWith('identical');
  return {
    value: identical ? '0' : signed(row.difference * factor, decimals), unit: ofDifference, identical,
    interval: row.difference_lower === null ? '' :
      `${signed(row.difference_lower * factor, decimals)} to ${signed(row.difference_upper * factor, decimals)}`,
  };
}

const measures = { restricted_mean: 'restricted mean', time_lost: 'mean time lost' };
const worths = { cost: 'costs', qalys: 'QALYs', life_years: 'life years', net_benefit: 'net benefit' };

// Of what lives are worth: which number it is, where an outcome has several.
export function worthWords(cell) {
  const measure = cell.measure.replace(/^discounted_/, '');
  return [cell.kind === 'cost_effectiveness' ? worths[measure] : null, measure !== cell.measure ? 'discounted' : null].filter(Boolean).join(', ');
}

// "Event-free survival, 12 months"; without the group and level.
export function cellTime(cell) {
  if (isAtEnd(cell)) return '';
  const words = [measures[cell.measure], cell.time > 0 ? `${cell.measure in measures ? 'to ' : ''}${time(cell.time)}` : null];
  return [worthWords(cell), words.filter(Boolean).join(' ')].filter(Boolean).join(', ');
}
export const cellName = (cell) => [cell.label, cellTime(cell)].filter(Boolean).join(', ');

export const fileName = (text) => text.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 60) || 'figure';
