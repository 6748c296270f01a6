// Makes elements. Text is only ever set as text: whatever a cohort or a partner wrote is shown, never run.

const properties = new Set(['checked', 'disabled', 'hidden', 'value', 'readOnly', 'required', 'multiple', 'webkitdirectory', 'max', 'selected']);

export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (properties.has(name)) element[name] = value;
    else if (name === 'href') element.setAttribute('href', safeAddress(value));
    else element.setAttribute(name, value);
  }
  append(element, children);
  return element;
}

export function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

// Only addresses of this service lead anywhere.
function safeAddress(value) {
  return /^(#|\/(?!\/))/.test(value) ? value : '#';
}

// Text of unknown origin: its direction stays its own.
export const said = text => h('bdi', { class: 'said' }, text);

export function table(caption, heads, rows, none) {
  if (rows.length === 0) return h('p', { class: 'none' }, none);
  return h('div', { class: 'wide' }, h('table', {},
    h('caption', {}, caption),
    h('thead', {}, h('tr', {}, heads.map(head => h('th', { scope: 'col', class: head.startsWith('#') ? 'n' : null }, head.replace('#', ''))))),
    h('tbody', {}, rows)));
}

export function facts(pairs) {
  return h('dl', {}, pairs.filter(pair => pair && pair[1] !== undefined && pair[1] !== null && pair[1] !== '')
    .map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));
}

let ids = 0;

// A labelled control, with a hint below it if there is one.
export function field(label, control, hint) {
  const id = `field-${++ids}`;
  control.id = id;
  const note = hint ? h('small', { id: `${id}-hint` }, hint) : null;
  if (note) control.setAttribute('aria-describedby', note.id);
  return h('div', { class: 'field' }, h('label', { for: id }, label), control, note);
}

export function check(label, control) {
  return h('label', { class: 'check' }, control, ' ', label);
}

// Fills a part of the page, keeping the focus where it was: the control of the same data-key.
export function fill(part, ...children) {
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const key = focused?.dataset?.key;
  const selection = key && 'selectionStart' in focused && focused.type !== 'checkbox' ? [focused.selectionStart, focused.selectionEnd] : null;
  part.replaceChildren();
  append(part, children);
  if (!key) return;
  const again = [...part.querySelectorAll('[data-key]')].find(e => e.dataset.key === key);
  again?.focus({ preventScroll: true });
  if (again && selection && selection[0] !== null) again.setSelectionRange(...selection);
}
