// Keeps parts of the page as the service has them: asks, compares, and touches only what changed.
import { fill, h } from './dom.js';

const often = 1500;
const seldom = 6000;

let page = new AbortController();

// Ends what the page before was watching.
export function leave() {
  page.abort();
  page = new AbortController();
}

export const stillHere = () => {
  const signal = page.signal;
  return () => !signal.aborted;
};

// A part of the page that shows what `ask` gives, asked again while the page is open; `busy` says whether to ask often.
export function live(ask, show, busy = () => false) {
  const here = stillHere();
  const part = h('div', { class: 'live', 'aria-busy': 'true' });
  let last = null;
  let timer = null;
  const again = wait => {
    clearTimeout(timer);
    if (here()) timer = setTimeout(refresh, wait);
  };
  async function refresh() {
    let wait = seldom;
    try {
      const value = await ask();
      if (!here()) return;
      reach(null);
      const text = JSON.stringify(value);
      if (text !== last) {
        last = text;
        fill(part, show(value));
      }
      if (busy(value)) wait = often;
    } catch (problem) {
      if (!here()) return;
      if (last === null) {
        if (problem.status > 0 && problem.status < 500) {
          fill(part, failure(problem));
          part.removeAttribute('aria-busy');
          return;
        }
      }
      reach(problem);
      wait = often;
    }
    part.removeAttribute('aria-busy');
    again(document.hidden ? seldom : wait);
  }
  part.refresh = () => {
    clearTimeout(timer);
    return refresh();
  };
  refresh();
  return part;
}

let shown = '';

// Says above the page that the service cannot be reached, and takes it back.
function reach(problem) {
  const text = problem ? problem.message : '';
  if (text === shown) return;
  shown = text;
  fill(document.getElementById('notice'), problem ? h('p', { class: 'alarm' }, text) : null);
}

export const failure = problem => h('p', { class: 'alarm', role: 'alert' }, problem.message, problem.code ? h('code', {}, problem.code) : null);

// A button that does something on the service once at a time, and says below what went wrong.
export function action(label, act, attributes) {
  const said = h('span', { class: 'said-below', role: 'alert' });
  const button = h('button', {
    type: 'button', ...attributes,
    onclick: async () => {
      if (button.getAttribute('aria-disabled') === 'true') return;
      button.setAttribute('aria-disabled', 'true');
      said.textContent = '';
      try {
        await act();
      } catch (problem) {
        said.textContent = problem.message;
      }
      button.removeAttribute('aria-disabled');
    },
  }, label);
  return h('span', { class: 'action' }, button, said);
}

// A form that does the same.
export function form(label, fields, act, attributes) {
  const said = h('p', { class: 'said-below', role: 'alert' });
  const button = h('button', { type: 'submit', ...attributes }, label);
  return h('form', {
    onsubmit: async event => {
      event.preventDefault();
      if (button.getAttribute('aria-disabled') === 'true') return;
      button.setAttribute('aria-disabled', 'true');
      said.textContent = '';
      try {
        await act(event.target);
      } catch (problem) {
        said.textContent = problem.message;
      }
      button.removeAttribute('aria-disabled');
    },
  }, fields, h('div', { class: 'buttons' }, button), said);
}
