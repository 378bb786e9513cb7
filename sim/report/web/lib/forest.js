// A forest plot: a row a difference, its interval as a line, its value in words on the right.
import { ink } from './colors.js';
import { reference, labelOf } from './data.js';
import { difference, number } from './format.js';
import { font, textStyle, tip, tooltip, valueAxis } from './look.js';

const rowPixels = 20;
export const forestHeight = (rows) => () => rows().length * rowPixels + 60;

// They run across, so that long ones are read on a phone.
function headings(rows, narrow) {
  return {
    type: 'custom', silent: true, z: 5, tooltip: { show: false }, data: rows.map((one, i) => [0, i]).filter(([, i]) => rows[i].heading),
    renderItem: (_, api) => ({ type: 'text', style: {
      x: 4, y: api.coord([0, api.value(1)])[1], text: rows[api.value(1)].heading, fill: ink().text, backgroundColor: ink().surface, fontFamily: font, fontWeight: 'bold', fontSize: narrow ? 11 : 12, verticalAlign: 'middle',
    } }),
  };
}

// rows: {heading} or {label, color, row}, all of one unit; `scale` as of scaleOf.
export function forestOption(rows, scale, { width, narrow }) {
  const left = narrow ? 112 : width > 900 ? 320 : 220, right = narrow ? 142 : 200;
  const data = rows.map((one, i) => ({ ...one, i })).filter((one) => one.row);
  const at = (row) => [row.difference, row.difference_lower ?? row.difference, row.difference_upper ?? row.difference].map((x) => x * scale.factor);
  const all = [0, ...data.flatMap((one) => at(one.row))];
  const pad = (Math.max(...all) - Math.min(...all)) * 0.05 || 1;
  const short = narrow ? 9 : 12;
  return {
    textStyle: textStyle(),
    grid: { left, right, top: 6, height: rows.length * rowPixels },
    xAxis: valueAxis({
      min: Math.min(...all) - pad, max: Math.max(...all) + pad, name: `difference to ${labelOf(reference)} [${scale.ofDifference}]`,
      nameLocation: 'middle', nameGap: 26, splitNumber: narrow ? 3 : 6, axisLabel: { color: ink().soft, fontFamily: font, fontSize: 11, showMinLabel: false, showMaxLabel: false, formatter: (x) => number(x, Number.isInteger(x) ? 0 : 1) },
    }),
    yAxis: {
      type: 'category', inverse: true, data: rows.map((_, i) => String(i)), axisTick: { show: false }, axisLine: { show: false },
      axisLabel: {
        fontFamily: font, interval: 0, width: left - 14, overflow: 'truncate', fontSize: narrow ? 10 : 12,
        formatter: (i) => (rows[i].heading ? '' : rows[i].label), color: ink().soft,
      },
    },
    tooltip: tooltip({ trigger: 'item', formatter: ({ dataIndex }) => {
      const one = data[dataIndex], text = difference(one.row);
      return tip(one.full ?? one.label, [[one.color, 'difference', `${text.value} ${text.unit}`], [null, '95 % interval', text.interval]], one.row.difference_note);
    } }),
    series: [headings(rows, narrow), {
      type: 'custom', data: data.map((one) => [at(one.row)[0], one.i]),
      markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: ink().soft, type: 'solid', width: 1 }, data: [{ xAxis: 0 }] },
      renderItem: (params, api) => {
        const one = data[params.dataIndex];
        const [middle, low, high] = at(one.row).map((x) => api.coord([x, one.i]));
        const text = difference(one.row);
        const words = text.identical ? 'identical' : `${text.value} (${text.interval})`;
        return { type: 'group', children: [
          { type: 'line', shape: { x1: low[0], x2: high[0], y1: middle[1], y2: middle[1] }, style: { stroke: one.color, lineWidth: 2 } },
          { type: 'rect', shape: { x: middle[0] - 4, y: middle[1] - 4, width: 8, height: 8 }, style: { fill: one.color } },
          { type: 'text', style: { x: width - right + 10, y: middle[1], text: words, fill: ink().text, fontFamily: font, fontSize: short, verticalAlign: 'middle' } },
        ] };
      },
    }],
  };
}

export function forestTable(rows) {
  return {
    columns: ['number', 'strategy or group', 'difference', 'lower 95 %', 'upper 95 %', 'unit'],
    rows: rows.filter((one) => one.row).map((one) => [one.number, one.label, one.row.difference, one.row.difference_lower, one.row.difference_upper, one.row.unit]),
  };
}
