import { field, h, said, table } from './dom.js';
import { get } from './api.js';
import { live } from './live.js';
import { count } from './format.js';

const limit = 50;

const words = { analysed: 'Analysed', excluded: 'Excluded', failed: 'Failed', admitted: 'Let in', quarantined: 'Kept out' };
const tones = { analysed: 'good', admitted: 'good', failed: 'bad', quarantined: 'bad', excluded: 'calm' };

// The cases of a run: how many ended where, and a page of them, narrowed by what is chosen.
export function cases(address) {
  const wanted = { offset: 0, status: '', stage: '', find: '' };
  const status = h('select', { onchange: () => narrow() });
  const find = h('input', { type: 'search', autocomplete: 'off', spellcheck: 'false', oninput: () => later() });
  let timer;
  const list = live(() => get(address + '/cases', { ...wanted, limit }), page => {
    offer(page.counts);
    return show(page);
  });
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(narrow, 250);
  };
  function narrow() {
    [wanted.status, wanted.stage] = (status.value || '/').split(/\/(.*)/s);
    wanted.find = find.value.trim();
    wanted.offset = 0;
    return list.refresh();
  }
  const move = by => {
    wanted.offset = Math.max(0, wanted.offset + by);
    return list.refresh();
  };

  function offer(counts) {
    const options = [['', `All (${count(counts.reduce((sum, c) => sum + c.cases, 0))})`],
      ...counts.map(c => [`${c.status}/${c.stage}`, `${words[c.status] ?? c.status}${c.stage ? `: ${c.stage}` : ''} (${count(c.cases)})`])];
    const text = JSON.stringify(options);
    if (status.dataset.options === text) return;
    status.dataset.options = text;
    const before = status.value;
    status.replaceChildren(...options.map(([value, label]) => h('option', { value }, label)));
    status.value = before;
    if (status.selectedIndex < 0) status.value = '';
  }

  const show = page => [
    flow(page.counts),
    table(`Cases ${page.total ? `${count(page.offset + 1)} to ${count(page.offset + page.items.length)} of ${count(page.total)}` : ''}`,
      ['Case', 'Status', 'Stage', 'Reason'], page.items.map(row => h('tr', {},
        h('th', { scope: 'row' }, said(row.case)),
        h('td', {}, h('span', { class: `badge ${tones[row.status] ?? 'calm'}` }, words[row.status] ?? row.status)),
        h('td', { class: 'stage' }, row.stage),
        h('td', { class: 'reason' }, row.reason ? said(row.reason) : null,
          row.warnings.map(warning => h('div', { class: 'soft' }, 'Warning: ', said(warning)))))),
      page.counts.length ? 'No case is like that.' : 'What became of the cases is known when the intake has looked at them.'),
    page.total > limit ? h('p', { class: 'buttons' },
      h('button', { type: 'button', class: 'quiet', 'data-key': 'back', disabled: page.offset === 0, onclick: () => move(-limit) }, 'Back'),
      h('button', { type: 'button', class: 'quiet', 'data-key': 'on', disabled: page.offset + page.items.length >= page.total, onclick: () => move(limit) }, 'On')) : null,
  ];
  const whole = h('div', {}, h('div', { class: 'filters' }, field('Show', status), field('Find a case', find)), list);
  whole.refresh = () => list.refresh();
  return whole;
}

// From uploaded to analysed, in numbers: who left where.
function flow(counts) {
  if (counts.length === 0) return null;
  const all = counts.reduce((sum, c) => sum + c.cases, 0);
  const kept = counts.filter(c => c.status === 'analysed' || c.status === 'admitted');
  const left = counts.filter(c => !kept.includes(c));
  return h('ol', { class: 'flow', 'aria-label': 'Flow of cases' },
    h('li', {}, h('strong', {}, count(all)), ' uploaded'),
    left.map(c => h('li', { class: 'out' }, h('strong', {}, `−${count(c.cases)}`), ` ${(words[c.status] ?? c.status).toLowerCase()}`, c.stage ? [': ', said(c.stage)] : null)),
    kept.map(c => h('li', { class: 'in' }, h('strong', {}, count(c.cases)), ` ${(words[c.status] ?? c.status).toLowerCase()}`)));
}
