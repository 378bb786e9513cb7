// The page: a bar with the strategies to show and the theme, the parts one after the other.
import { strategyColor } from './lib/colors.js';
import { pageKind, strategies, title } from './lib/data.js';
import { h } from './lib/dom.js';
import { isDark, isVisible, onChange, start, switchTheme, toggle } from './lib/state.js';
import { parts as resultParts } from './sections/index.js';
import { parts as sweepParts } from './sections/sweep_index.js';

const parts = pageKind === 'sweep' ? sweepParts : resultParts;

function strategyButtons() {
  const buttons = strategies.map((one) => {
    const dot = h('span', { class: 'dot' });
    const button = h('button', { type: 'button', class: 'strategy', 'data-strategy': one.name, 'aria-pressed': 'true', onclick: () => toggle(one.name) }, dot, one.label);
    onChange(() => {
      button.setAttribute('aria-pressed', String(isVisible(one.name)));
      dot.setAttribute('style', `background:${strategyColor(one.name)}`);
    });
    return button;
  });
  return strategies.length > 1 ? h('div', { class: 'strategies', role: 'group', 'aria-label': 'Strategies shown in all figures' }, buttons) : null;
}

function themeButton() {
  const button = h('button', { type: 'button', id: 'theme', onclick: switchTheme });
  onChange(() => {
    button.textContent = isDark() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', `Switch to the ${isDark() ? 'light' : 'dark'} theme`);
  });
  return button;
}

function build() {
  document.title = title;
  const bar = document.getElementById('bar');
  bar.append(...[strategyButtons(), themeButton()].filter(Boolean));
  const made = [];
  const content = document.getElementById('content');
  content.append(h('h1', {}, title));
  const contents = h('nav', { class: 'contents', 'aria-label': 'Contents' });
  content.append(contents);
  for (const [name, heading, make] of parts) {
    const inside = make()?.flat().filter(Boolean);
    if (!inside?.length) continue;
    content.append(h('section', { id: name, 'aria-labelledby': `${name}-heading` }, h('h2', { id: `${name}-heading` }, heading), h('div', { class: 'part' }, inside)));
    made.push(h('a', { href: `#${name}` }, heading));
  }
  contents.append(...made);
  start();  // draws everything
}

build();
document.documentElement.dataset.ready = 'yes';
