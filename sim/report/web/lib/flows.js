// Arrows of the pathway: what leads from one state to another, with the patients who took it under a strategy.
import { reference, sections, strategies } from './data.js';

const pathway = sections.pathway ?? { states: [], moves: [], flows: [] };

export const states = pathway.states;
export const haveFlows = pathway.flows.length > 0;
export const stateLabel = (name) => states.find((one) => one.name === name)?.label ?? name;

// [{from, to, moves: [{name, kind, cause, flow(strategy) -> {patients, count}}]}]
export const arrows = (() => {
  const found = new Map();
  const arrow = (from, to) => {
    const key = JSON.stringify([from, to]);
    if (!found.has(key)) found.set(key, { from, to, moves: new Map() });
    return found.get(key);
  };
  const move = (one, name, rest) => {
    if (!one.moves.has(name)) one.moves.set(name, { name, ...rest, flows: new Map() });
    return one.moves.get(name);
  };
  for (const one of pathway.moves) move(arrow(one.from, one.to), one.name, { kind: one.kind, cause: one.cause });
  for (const one of pathway.flows) {
    const flows = move(arrow(one.from, one.to), one.transition, { kind: '', cause: '' }).flows;
    const before = flows.get(one.strategy) ?? { patients: 0, count: 0 };
    flows.set(one.strategy, { patients: before.patients + one.patients, count: before.count + one.count });
  }
  return [...found.values()].map((one) => ({ ...one, moves: [...one.moves.values()] }));
})();

// Of all the arrow's transitions together.
export function along(arrow, strategy, what = 'patients') {
  return arrow.moves.reduce((sum, move) => sum + (move.flows.get(strategy)?.[what] ?? 0), 0);
}
export const isEverTaken = (arrow) => arrow.moves.some((move) => [...move.flows.values()].some((flow) => flow.count > 0));

// The strategy under which most arrows are taken.
export function busiest() {
  const taken = (strategy) => arrows.filter((one) => along(one, strategy) > 0).length;
  return strategies.reduce((best, one) => (taken(one.name) > taken(best) ? one.name : best), reference);
}

export function arrowTable() {
  const numbers = haveFlows ? strategies.flatMap((one) => [`patients, ${one.name}`, `times, ${one.name}`]) : [];
  return {
    columns: ['from', 'to', 'transition', 'kind', 'cause or option', ...numbers],
    rows: arrows.flatMap((arrow) => arrow.moves.map((move) => [arrow.from, arrow.to, move.name, move.kind, move.cause,
      ...(haveFlows ? strategies.flatMap((one) => [move.flows.get(one.name)?.patients ?? 0, move.flows.get(one.name)?.count ?? 0]) : [])])),
  };
}
