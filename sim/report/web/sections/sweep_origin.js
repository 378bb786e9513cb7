// Which sweep, model, seed, version and digest; how to make the same numbers again.
import { h } from '../lib/dom.js';
import { sections } from '../lib/data.js';
import { saveText } from '../lib/save.js';
import { scrolling } from '../lib/table.js';

const quoted = (text) => (/^[\w./=,:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

function text(id, name, content) {
  return h('details', { id }, h('summary', {}, name), scrolling(`Text of ${name}`, h('pre', { class: 'model' }, content)),
    h('div', { class: 'actions' }, h('button', { type: 'button', class: 'save', onclick: () => saveText(name, content) }, `Save ${name}`)));
}

export function sweepOrigin() {
  const one = sections.sweep.origin;
  const facts = [
    ['Collected sweep', one.file], ['Sweep file', one.sweep_name], ['Model', one.model_name], ['Read beside it', one.files.join(', ')], ['Seed', String(one.seed)],
    ['Random numbers', one.common_random_numbers ? 'common to all scenarios' : 'each scenario its own'], ['Content digest', one.digest], ['Report made by', one.version],
  ].filter(([, value]) => value);
  const folder = one.sweep_name.replace(/\.ya?ml$/, '');
  return [
    h('dl', { class: 'facts' }, facts.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])),
    h('p', {}, 'The collected file carries the sweep file, the model and all it read. With the sweep file and the model where it looks for it, the same bytes again, on any machines and with any number of processes:'),
    h('pre', {}, `sojourn sweep run ${quoted(one.sweep_name)}\nsojourn sweep collect ${quoted(`${folder}.sweep`)}`),
    text('sweep-text', one.sweep_name, one.sweep_text), text('model-text', one.model_name, one.model_text),
  ];
}
