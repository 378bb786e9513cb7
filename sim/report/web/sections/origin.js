// Which model, seed, version and digest; how to make the same numbers again.
import { h } from '../lib/dom.js';
import { sections } from '../lib/data.js';
import { count } from '../lib/format.js';
import { saveText } from '../lib/save.js';
import { scrolling } from '../lib/table.js';

export function origin() {
  const one = sections.origin;
  const facts = [
    ['Model', one.model_name], ['Read beside it', one.files.join(', ')], ['Changed on the command line', one.overrides.join(', ')], ['Patients a strategy', count(one.patients)],
    ['Seed', String(one.seed)], ['Trajectories kept', one.trajectories], ['Result file', one.result], ['Content digest', one.digest], ['Report made by', one.version],
  ].filter(([, value]) => value);
  return [
    h('dl', { class: 'facts' }, facts.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])),
    h('p', {}, 'The result file carries its model and all it read. The same bytes again, on any machine and with any number of threads:'),
    h('pre', {}, one.again), h('p', {}, 'Or from the model:'), h('pre', {}, one.command),
    h('p', {}, 'Check that the file is what was written: '), h('pre', {}, `sojourn inspect ${one.result} --verify`),
    h('details', { id: 'model-text' }, h('summary', {}, 'The model'), scrolling('Text of the model', h('pre', { class: 'model' }, one.model_text)),
      h('div', { class: 'actions' }, h('button', { type: 'button', class: 'save', onclick: () => saveText(one.model_name, one.model_text) }, 'Save the model'))),
  ];
}
