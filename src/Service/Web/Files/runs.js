import { facts, fill, h, said, table } from './dom.js';
import { get, part, post } from './api.js';
import { action, live, failure } from './live.js';
import { badge, count, hasEnded, kind, plural, progressOf, size, when, whenExactly } from './format.js';
import { cases } from './cases.js';

export function runs() {
  return [
    h('h1', {}, 'Runs'),
    live(() => get('/api/jobs', { limit: 200 }), page => [
      table('Runs, the newest first', ['Of', 'Kind', 'State', 'Began', ''], page.items.map(job => h('tr', {},
        h('th', { scope: 'row' }, h('a', { href: `#/runs/${part(job.id)}`, 'data-key': job.id }, said(job.subject))),
        h('td', {}, kind(job.kind)),
        h('td', { class: 'state-cell' }, badge(job.state), ' ', progressOf(job)),
        h('td', {}, when(job.created)),
        h('td', { class: 'last' }, reportLink(job, `report-${job.id}`)))), 'Nothing has run yet.'),
      page.total > page.items.length ? h('p', { class: 'soft' }, `The newest ${count(page.items.length)} of ${count(page.total)} runs.`) : null,
    ], page => page.items.some(job => !hasEnded(job))),
  ];
}

const reportLink = (job, key) => job.report ? h('a', { href: job.report, target: '_blank', rel: 'noopener', 'data-key': key }, 'Report') : null;

export function run(id) {
  const address = `/api/jobs/${part(id)}`;
  const files = h('div', {});
  const list = cases(address);
  const history = ledger(address);
  let published = null;
  let stage = null;
  const head = live(() => get(address), job => {
    // What hangs on the run's state is asked again when that changed.
    const now = `${job.state} ${job.progress?.stage} ${job.report}`;
    if (stage !== null && stage !== now) list.refresh();
    stage = now;
    if (job.report !== published) {
      published = job.report;
      showFiles(address, files);
    }
    return show(job, () => head.refresh());
  }, job => !hasEnded(job));
  return [head, files, h('section', { 'aria-labelledby': 'cases-head' }, h('h2', { id: 'cases-head' }, 'Cases'), list), history];
}

function show(job, refresh) {
  return [
    h('p', { class: 'crumb' }, h('a', { href: '#/runs', 'data-key': 'runs' }, 'Runs'), ' / ', kind(job.kind)),
    h('h1', {}, said(job.subject)),
    h('p', { class: 'state' }, badge(job.state), ' ', progressOf(job)),
    job.problem ? h('div', { class: hasEnded(job) ? 'alarm' : 'alarm mild', role: 'alert' },
      hasEnded(job) ? null : h('p', {}, `The service met trouble and tries again by itself (attempt ${count(job.attempts + 1)}).`),
      h('p', {}, said(job.problem.message), ' ', h('code', {}, job.problem.code)),
      job.problem.where ? h('p', { class: 'soft' }, 'Where: ', said(job.problem.where)) : null) : null,
    h('p', { class: 'buttons' },
      job.report ? h('a', { class: 'button', href: job.report, target: '_blank', rel: 'noopener', 'data-key': 'report' }, 'Open the report') : null,
      hasEnded(job) ? null : job.cancelRequested ? h('span', { class: 'soft' }, 'Stopping at the next step…') : action('Cancel the run', async () => {
        await post(`/api/jobs/${part(job.id)}/cancel`);
        await refresh();
      }, { 'data-key': 'cancel', class: 'quiet' }),
      (job.kind === 'CohortRun' || job.kind === 'Revalidation') && (job.state === 'Failed' || job.state === 'Cancelled') ? action('Start again', async () => {
        await post(job.kind === 'CohortRun' ? `/api/cohorts/${part(job.subject)}/start` : `/api/jobs/${part(job.id)}/start`);
        await refresh();
      }, { 'data-key': 'again' }) : null),
    facts([
      ['Run', job.runId ? h('code', {}, job.runId) : null],
      ['Job', h('code', {}, job.id)],
      ['Began', whenExactly(job.created)],
      [hasEnded(job) ? 'Ended' : null, hasEnded(job) ? whenExactly(job.changed) : null],
    ].filter(pair => pair[0])),
  ];
}

async function showFiles(address, target) {
  try {
    const { items } = await get(`${address}/files`);
    if (items.length === 0) return fill(target);
    const bytes = items.reduce((sum, file) => sum + file.length, 0);
    fill(target, h('details', {}, h('summary', {}, `Files of the run: ${plural(items.length, 'file')}, ${size(bytes)}`),
      h('ul', { class: 'files' }, items.map(file => h('li', {}, h('a', { href: file.address }, said(file.name)), ' ', h('span', { class: 'soft' }, size(file.length)))))));
  } catch (problem) {
    fill(target, failure(problem));
  }
}

// The history of the run: asked for when it is opened.
function ledger(address) {
  const limit = 100;
  const part = h('div', {});
  let offset = 0;
  async function load() {
    try {
      const page = await get(`${address}/ledger`, { offset, limit });
      fill(part,
        table('Events, the oldest first', ['When', 'Event', 'Facts'], page.items.map(entry => h('tr', {},
          h('td', {}, whenExactly(entry.at)),
          h('td', {}, entry.event),
          h('td', { class: 'facts-line' }, Object.entries(entry.facts).map(([name, value]) => [h('span', { class: 'soft' }, name + ' '), said(value), ' ']))))
        , 'Nothing is recorded yet.'),
        h('p', { class: 'buttons' },
          h('button', { type: 'button', class: 'quiet', 'data-key': 'earlier', disabled: offset === 0, onclick: () => move(-limit) }, 'Earlier'),
          h('button', { type: 'button', class: 'quiet', 'data-key': 'later', disabled: !page.more, onclick: () => move(limit) }, 'Later')));
    } catch (problem) {
      fill(part, failure(problem));
    }
  }
  const move = by => {
    offset = Math.max(0, offset + by);
    return load();
  };
  return h('details', { ontoggle: event => event.target.open && load() }, h('summary', {}, 'History'), part);
}
