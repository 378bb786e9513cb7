// The pathway drawn from the model: a box a state, arrows as wide as the patients who take them. A state to which nearly
// everything leads (death) is a bar at the foot; how many go there stands in each box.
import dagre from '@dagrejs/dagre';
import { ink, strategyColor } from '../lib/colors.js';
import { labelOf, sections, strategies } from '../lib/data.js';
import { choice, s } from '../lib/dom.js';
import { svgFigure } from '../lib/figure.js';
import { along, arrows, arrowTable, busiest, haveFlows, isEverTaken, states } from '../lib/flows.js';
import { count, number } from '../lib/format.js';
import { font } from '../lib/look.js';

const manyArrows = 5, lineHeight = 15;
const patients = sections.origin?.patients;

const collectors = states.filter((one) => one.absorbing && arrows.filter((arrow) => arrow.to === one.name).length >= manyArrows);
const isCollector = (name) => collectors.some((one) => one.name === name);

function wrapped(text, letters) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last && last.length + word.length + 1 > letters) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines.slice(0, 3).map((one) => (one.length > letters + 4 ? `${one.slice(0, letters + 2)}…` : one));
}

function linesOf(state, strategy) {
  const lines = wrapped(state.label, 20).map((text) => ({ text, bold: true }));
  for (const end of collectors) {
    const arrow = arrows.find((one) => one.from === state.name && one.to === end.name);
    if (!arrow) continue;
    const taken = along(arrow, strategy);
    if (!haveFlows || taken > 0) lines.push({ text: `→ ${end.label}${haveFlows ? ` ${count(taken)}` : ''}`, arrow });
  }
  return lines;
}

function laidOut(strategy) {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 26, ranksep: 34, edgesep: 14, marginx: 8, marginy: 8 });
  for (const state of states.filter((one) => !isCollector(one.name))) {
    const lines = linesOf(state, strategy);
    graph.setNode(state.name, { state, lines, width: Math.max(96, ...lines.map((one) => one.text.length * (one.bold ? 7.4 : 6.6) + 20)), height: lines.length * lineHeight + 14 });
  }
  for (const arrow of arrows) {
    if (isCollector(arrow.to) || arrow.from === arrow.to) continue;
    const taken = along(arrow, strategy);
    const label = haveFlows ? (taken > 0 ? count(taken) : '') : '';
    graph.setEdge(arrow.from, arrow.to, { arrow, label, width: label.length * 6.6 + 8, height: label ? 14 : 0, labelpos: 'c', weight: isEverTaken(arrow) ? 2 : 1 });
  }
  dagre.layout(graph);
  return graph;
}

function smooth(points) {
  let path = `M${points[0].x},${points[0].y}`;
  for (let i = 1; i < points.length - 1; i++) {
    const end = i === points.length - 2 ? points[i + 1] : { x: (points[i].x + points[i + 1].x) / 2, y: (points[i].y + points[i + 1].y) / 2 };
    path += `Q${points[i].x},${points[i].y} ${end.x},${end.y}`;
  }
  return points.length === 2 ? `${path}L${points[1].x},${points[1].y}` : path;
}

const text = (x, y, content, extra) => s('text', { x, y, 'text-anchor': 'middle', 'dominant-baseline': 'central', 'font-family': font, 'font-size': 12, fill: ink().text, ...extra }, content);

function movesWords(arrow, strategy) {
  return arrow.moves.map((move) => {
    const flow = move.flows.get(strategy);
    return `${move.name}${haveFlows ? `: ${count(flow?.patients ?? 0)} patients (${number((flow?.patients ?? 0) / patients * 100, 1)} %)${flow && flow.count !== flow.patients ? `, ${count(flow.count)} times` : ''}` : ''}`;
  }).join('\n');
}

function arrowShape(edge, strategy, color) {
  const taken = along(edge.arrow, strategy), empty = haveFlows && taken === 0;
  const width = haveFlows ? 1 + 6 * Math.sqrt(taken / patients) : 1.5;
  const last = edge.points[edge.points.length - 1], before = edge.points[edge.points.length - 2];
  const angle = Math.atan2(last.y - before.y, last.x - before.x) * 180 / Math.PI;
  const stroke = empty ? ink().line : color;
  return s('g', {}, s('title', {}, movesWords(edge.arrow, strategy)),
    s('path', { d: smooth(edge.points), fill: 'none', stroke, 'stroke-width': empty ? 1 : width, 'stroke-dasharray': empty ? '4 4' : null, opacity: empty ? 1 : 0.55 }),
    s('path', { d: 'M1,0L-9,-5L-9,5Z', fill: stroke, transform: `translate(${last.x},${last.y}) rotate(${angle})` }));
}

const labelShape = (edge) => (edge.label ? [
  s('rect', { x: edge.x - edge.width / 2, y: edge.y - 8, width: edge.width, height: 16, rx: 3, fill: ink().surface, opacity: 0.85 }),
  text(edge.x, edge.y, edge.label, { 'font-size': 11.5 }),
] : []);

function stateShape(node) {
  const used = !haveFlows || node.state.start || arrows.some((one) => one.to === node.state.name && isEverTaken(one));
  return s('g', { opacity: used ? 1 : 0.45 },
    s('rect', { x: node.x - node.width / 2, y: node.y - node.height / 2, width: node.width, height: node.height, rx: 7, fill: ink().surface, stroke: node.state.start ? ink().text : ink().soft, 'stroke-width': node.state.start ? 2 : 1.2 }),
    node.lines.map((line, i) => text(node.x, node.y + (i - (node.lines.length - 1) / 2) * lineHeight, line.text, line.bold ? { 'font-weight': 600 } : { fill: ink().soft, 'font-size': 11 })));
}

function endShape(end, strategy, y, width) {
  const taken = arrows.filter((one) => one.to === end.name).reduce((sum, one) => sum + along(one, strategy), 0);
  const words = haveFlows ? `${end.label}: ${count(taken)} (${number(taken / patients * 100, 1)} %)` : end.label;
  return s('g', {}, s('rect', { x: 8, y, width: width - 16, height: 30, rx: 7, fill: ink().grid, stroke: ink().soft }),
    text(width / 2, y + 15, `${words}, from the states marked “→ ${end.label}”`, { 'font-weight': 600 }));
}

function draw(strategy, { width: room, height: most }) {
  const graph = laidOut(strategy), { width: wide, height: high } = graph.graph();
  const width = Math.max(wide, 420), height = high + collectors.length * 40;
  const scale = Math.min(Math.max(0.66, Math.min(1, room / width)), most / height);
  const color = strategyColor(strategy), edges = graph.edges().map((one) => graph.edge(one));
  const shift = (width - wide) / 2;
  return s('svg', { viewBox: `0 0 ${width} ${height}`, width: width * scale, height: height * scale, 'font-family': font },
    s('g', { transform: `translate(${shift},0)` }, edges.map((one) => arrowShape(one, strategy, color)), edges.map(labelShape), graph.nodes().map((one) => stateShape(graph.node(one)))),
    collectors.map((end, i) => endShape(end, strategy, high + i * 40, width)));
}

export function pathway() {
  if (!sections.pathway) return null;
  let strategy = busiest();
  const figure = svgFigure({
    title: () => (haveFlows ? `Patients on the pathway: ${labelOf(strategy)}` : 'The pathway'), className: 'pathway',
    controls: haveFlows && strategies.length > 1 ? [choice('Strategy', strategies.map((one) => ({ value: one.name, label: one.label })), strategy, (name) => { strategy = name; figure.redraw(); })] : [],
    note: haveFlows ? `On an arrow: how many of the ${count(patients)} patients took it at least once; who took it by two of its transitions is counted twice. Dashed: possible, but nobody did. Bold frame: start.` : 'Bold frame: start.',
    svg: (size) => draw(strategy, size), table: () => arrowTable(),
    describe: () => arrows.filter(isEverTaken).map((one) => `${one.from} to ${one.to}: ${count(along(one, strategy))}`).join('; '),
  });
  return [figure.element];
}
