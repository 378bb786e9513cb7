// What the reader has chosen: which strategies are shown, light or dark. Figures listen.
import { strategies } from './data.js';

const listeners = new Set();
const hidden = new Set();
const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');
let chosenTheme = null;  // null: as the system
let printing = false;

export const onChange = (listener) => listeners.add(listener);
const changed = () => {
  document.documentElement.dataset.theme = isDark() ? 'dark' : 'light';
  for (const listener of listeners) listener();
};

export const isVisible = (strategy) => !hidden.has(strategy);
export const visibleStrategies = () => strategies.filter((one) => isVisible(one.name));
export function toggle(strategy) {
  if (!hidden.delete(strategy)) hidden.add(strategy);
  if (hidden.size === strategies.length) hidden.delete(strategy);  // one stays
  changed();
}

export const isDark = () => !printing && (chosenTheme ?? (prefersDark.matches ? 'dark' : 'light')) === 'dark';
export const isPrinting = () => printing;
export function switchTheme() {
  chosenTheme = isDark() ? 'light' : 'dark';
  changed();
}
function setPrinting(now) {
  if (printing === now) return;
  printing = now;
  changed();
}

export function start() {
  prefersDark.addEventListener('change', changed);
  window.addEventListener('beforeprint', () => setPrinting(true));
  window.addEventListener('afterprint', () => setPrinting(false));
  let width = window.innerWidth;
  window.addEventListener('resize', () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    changed();
  });
  changed();
}
