// What the program put into the page, with the outcomes as objects.

const data = JSON.parse(document.getElementById('data').textContent);

export const pageKind = data.page ?? 'result';  // or 'sweep'
export const sections = data.sections;
export const title = data.title;
export const horizon = data.horizon;  // [years]
export const observedUntil = data.observed_until;  // [years], may be missing
export const strategies = data.strategies;  // [{name, label}], in order
export const reference = data.reference;  // none on the page of a sweep

const byName = new Map(strategies.map((one) => [one.name, one]));
export const labelOf = (strategy) => byName.get(strategy)?.label ?? strategy;
export const others = strategies.filter((one) => one.name !== reference);

const table = sections.outcomes ?? { columns: [], rows: [] };
export const outcomeColumns = table.columns;
export const outcomes = table.rows.map((row) => Object.fromEntries(table.columns.map((one, i) => [one.name, row[i]])));

// The rows that are one number under every strategy: [{...what it is, rows: Map(strategy -> row)}].
export const cells = (() => {
  const found = new Map();
  for (const row of outcomes) {
    const key = JSON.stringify([row.outcome, row.measure, row.group, row.level, row.time]);
    if (!found.has(key)) {
      const { outcome, label, kind, measure, method, unit, group, level, time } = row;
      found.set(key, { key, outcome, label, kind, measure, method, unit, group, level, time, rows: new Map() });
    }
    const cell = found.get(key);
    cell.rows.set(row.strategy, row);
    cell.extrapolated = cell.extrapolated || row.extrapolated === 1;
  }
  return [...found.values()];
})();

// Those without a time of their own: at the end of follow-up.
const atEnd = new Set(table.at_end ?? []);
export const isAtEnd = (cell) => atEnd.has(cell.outcome);

// Outcomes that the answer speaks of.
export const mainOutcomes = new Set((sections.question?.answer ?? []).map((one) => one.outcome));
