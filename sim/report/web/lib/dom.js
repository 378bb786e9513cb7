// Elements from data. Whatever comes from a model is set as text, never as markup.

const svgSpace = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);  // text becomes a text node
  }
  return element;
}

export const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
export const s = (tag, attributes, ...children) => fill(document.createElementNS(svgSpace, tag), attributes, children);

let made = 0;
export const newId = (word) => `${word}-${++made}`;

// A labelled choice; `options`: [{value, label}].
export function choice(label, options, value, onChoose) {
  const id = newId('choice');
  const list = h('select', { id, onchange: () => onChoose(list.value) },
    options.map((one) => h('option', { value: one.value, selected: one.value === value }, one.label)));
  return h('span', { class: 'choice' }, h('label', { for: id }, label), list);
}
