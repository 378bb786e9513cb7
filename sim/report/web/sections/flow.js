// The flow of patients through the states under one strategy, as a Sankey diagram. Where the pathway goes in circles, the
// way back ends in a state of its own, "again".
import { ink, stateColor } from '../lib/colors.js';
import { labelOf, sections, strategies } from '../lib/data.js';
import { choice } from '../lib/dom.js';
import { chartFigure } from '../lib/figure.js';
import { along, arrows, arrowTable, busiest, haveFlows, stateLabel, states } from '../lib/flows.js';
import { count, number } from '../lib/format.js';
import { font, textStyle, tip, tooltip } from '../lib/look.js';

const patients = sections.origin?.patients;
const again = (name) => `${name} again`;

// Arrows that were taken, without circles: depth first from the start, what leads to a state on the way ends apart.
function links(strategy) {
  const taken = arrows.filter((one) => along(one, strategy, 'count') > 0);
  const made = [], done = new Set(), onTheWay = new Set();
  const visit = (name) => {
    onTheWay.add(name);
    for (const arrow of taken.filter((one) => one.from === name)) {
      const back = onTheWay.has(arrow.to);
      made.push({ source: name, target: back ? again(arrow.to) : arrow.to, state: arrow.to, value: along(arrow, strategy, 'count'), arrow });
      if (!back && !done.has(arrow.to)) visit(arrow.to);
    }
    onTheWay.delete(name);
    done.add(name);
  };
  for (const one of states.filter((state) => state.start)) if (!done.has(one.name)) visit(one.name);
  for (const one of taken) if (!done.has(one.from)) visit(one.from);
  return made;
}

function nodes(list) {
  const names = new Map();
  for (const one of list) {
    names.set(one.source, one.source);
    names.set(one.target, one.state);
  }
  return [...names].map(([name, state]) => {
    const index = states.findIndex((one) => one.name === state);
    return { name, shown: stateLabel(state) + (name === state ? '' : ' (again)'), color: stateColor(Math.max(index, 0), states[index]?.absorbing ?? false) };
  });
}

function option(strategy) {
  const list = links(strategy), boxes = nodes(list);
  const shown = new Map(boxes.map((one) => [one.name, one.shown]));
  return {
    textStyle: textStyle(),
    tooltip: tooltip({ trigger: 'item', formatter: ({ dataType, data }) => {
      if (dataType === 'node') {
        const into = list.filter((one) => one.target === data.name).reduce((sum, one) => sum + one.value, 0);
        const out = list.filter((one) => one.source === data.name).reduce((sum, one) => sum + one.value, 0);
        return tip(shown.get(data.name), [[null, 'entries', count(into)], [null, 'left again', count(out)]]);
      }
      const one = list.find((x) => x.source === data.source && x.target === data.target);
      return tip(`${shown.get(one.source)} → ${shown.get(one.target)}`, one.arrow.moves.filter((move) => move.flows.get(strategy)?.count)
        .map((move) => [null, move.name, `${count(move.flows.get(strategy).count)} times`, `${number(move.flows.get(strategy).patients / patients * 100, 1)} % of patients`]));
    } }),
    series: [{
      type: 'sankey', left: 8, right: 130, top: 10, bottom: 10, nodeWidth: 14, nodeGap: 12, draggable: false, layoutIterations: 64, emphasis: { focus: 'adjacency' },
      data: boxes.map((one) => ({ name: one.name, itemStyle: { color: one.color, borderWidth: 0 } })),
      links: list.map(({ source, target, value }) => ({ source, target, value })),
      lineStyle: { color: 'source', opacity: 0.35, curveness: 0.5 },
      label: { color: ink().text, fontFamily: font, fontSize: 12, width: 110, overflow: 'break', lineHeight: 14, formatter: ({ name }) => shown.get(name), textBorderWidth: 0 },
    }],
  };
}

export function flow() {
  if (!haveFlows) return null;
  let strategy = busiest();
  const figure = chartFigure({
    title: () => `Flow of patients: ${labelOf(strategy)}`, className: 'flow', minWidth: 780, height: () => 520, option: () => option(strategy),
    controls: strategies.length > 1 ? [choice('Strategy', strategies.map((one) => ({ value: one.name, label: one.label })), strategy, (name) => { strategy = name; figure.redraw(); })] : [],
    note: 'As wide as the number of times; who does not go on from a state is there when follow-up ends.', table: () => arrowTable(),
    describe: () => links(strategy).map((one) => `${one.source} to ${one.target}: ${count(one.value)}`).join('; '),
  });
  return [figure.element];
}
