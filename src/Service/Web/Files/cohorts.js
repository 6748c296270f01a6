import { field, fill, h, said, table } from './dom.js';
import { get, part, post } from './api.js';
import { action, form, live } from './live.js';
import { badge, count, hasEnded, progressOf, when } from './format.js';
import { uploader } from './upload.js';

export function cohorts() {
  const list = live(() => get('/api/cohorts', { limit: 500 }), page => show(page, () => list.refresh()),
    page => page.items.some(cohort => cohort.latest && !hasEnded(cohort.latest)));
  return [
    h('h1', {}, 'Cohorts'),
    h('p', { class: 'lede' }, 'A cohort is complete when its last file, ', h('code', {}, '_COMPLETE'), ', has arrived. Its run then starts by itself.'),
    list,
    h('section', { 'aria-labelledby': 'upload-head' }, h('h2', { id: 'upload-head' }, 'Upload a cohort'), uploader(() => list.refresh())),
    h('section', { 'aria-labelledby': 'link-head' }, h('h2', { id: 'link-head' }, 'Upload with another program'), linkMaker()),
  ];
}

const show = (page, refresh) => [
  table('Cohorts in the storage', ['Name', 'Complete since', '#Runs', 'Latest run', ''], page.items.map(cohort => row(cohort, refresh)),
    'No cohort has been uploaded yet.'),
  page.total > page.items.length ? h('p', { class: 'soft' }, `The first ${count(page.items.length)} of ${count(page.total)} cohorts.`) : null,
];

function row(cohort, refresh) {
  const latest = cohort.latest;
  const startable = cohort.valid && cohort.complete && (!latest || latest.state === 'Failed' || latest.state === 'Cancelled');
  return h('tr', {},
    h('th', { scope: 'row' }, said(cohort.name)),
    h('td', {}, cohort.complete ? when(cohort.complete) : h('span', { class: 'soft' }, cohort.valid ? 'Uploading' : 'Not a name for a cohort: 1 to 40 of a–z, 0–9, hyphens')),
    h('td', { class: 'n' }, count(cohort.runs)),
    h('td', { class: 'state-cell' }, latest ? [h('a', { href: `#/runs/${part(latest.id)}`, 'data-key': `run-${latest.id}` }, badge(latest.state)), ' ', progressOf(latest)]
      : cohort.valid && cohort.complete ? h('span', { class: 'soft' }, 'Starts within some seconds') : null),
    h('td', { class: 'last' },
      latest?.report ? h('a', { href: latest.report, target: '_blank', rel: 'noopener', 'data-key': `report-${cohort.name}` }, 'Report') : null,
      startable ? action('Start', async () => {
        await post(`/api/cohorts/${part(cohort.name)}/start`);
        await refresh();
      }, { 'data-key': `start-${cohort.name}`, 'aria-label': `Start ${cohort.name}`, class: 'quiet' }) : null));
}

function linkMaker() {
  const name = h('input', { required: true, pattern: '[a-z0-9][a-z0-9\\-]{0,39}', maxlength: 40, autocomplete: 'off', spellcheck: 'false' });
  const hours = h('input', { type: 'number', value: '24', min: '1', max: '167', required: true });
  const made = h('div', { role: 'status' });
  return [
    h('p', {}, 'A link lets whoever has it write cohorts into the storage until it expires. Keep it to yourself.'),
    form('Make a link', [
      field('Name of the cohort', name, 'a–z, 0–9 and hyphens'),
      field('Hours that it works', hours),
    ], async () => {
      const link = await post(`/api/cohorts/${part(name.value)}/links`, { hours: Number(hours.value) });
      fill(made, secret('Link', link.link), h('p', { class: 'soft' }, 'It works until ', when(link.expires), '. It is shown only here and only now.'),
        h('p', {}, 'Then, with our command:'), h('pre', {}, `radiogenomics upload FOLDER --to '${link.link}'`));
    }),
    made,
  ];
}

// A link that is shown once, to be copied.
export function secret(label, text) {
  const box = h('textarea', { readOnly: true, rows: 3, spellcheck: 'false', onfocus: event => event.target.select() });
  box.value = text;
  const told = h('span', { role: 'status' });
  const copy = h('button', {
    type: 'button',
    onclick: async () => {
      try {
        await navigator.clipboard.writeText(text);
        told.textContent = 'Copied.';
      } catch {
        box.focus();
        box.select();
        told.textContent = 'Press Ctrl+C to copy.';
      }
    },
  }, 'Copy');
  return h('div', { class: 'secret' }, field(label, box), h('div', { class: 'buttons' }, copy, told));
}
