// What was asked, the answer, and what it rests on.
import { h } from '../lib/dom.js';
import { sections } from '../lib/data.js';

export function question() {
  const { description, asked, answer, cautions } = sections.question;
  const [first, ...more] = answer;
  return [
    description ? h('p', { class: 'lead' }, description) : null,
    h('p', {}, asked),
    first ? h('div', { class: 'answer' }, h('p', { id: 'answer' }, first.text), first.over_fits ? h('p', { class: 'over' }, first.over_fits) : null,
      more.length ? h('ul', {}, more.map((one) => h('li', {}, `${one.text} ${one.over_fits}`))) : null) : null,
    h('ul', { class: 'cautions' }, cautions.map((one) => h('li', {}, one))),
  ];
}
