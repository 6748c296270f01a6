import { h, said, table } from './dom.js';
import { get, part, post } from './api.js';
import { action, live } from './live.js';
import { badge, count, plural, when } from './format.js';

export function models() {
  const list = live(() => get('/api/models', { limit: 500 }), page => table(
    'Versions of models, the newest first', ['Model', 'State', 'From', 'Entered', 'Locked', ''], page.items.map(model => row(model, () => list.refresh())),
    'No run has made a model yet.'));
  return [
    h('h1', {}, 'Models'),
    h('p', { class: 'lede' }, 'Every finished run enters its model as a candidate. A locked model is re-validated on new cases and can be validated at partners’ sites; a locked one is never changed, only retired.'),
    list,
    h('section', { 'aria-labelledby': 'looks-head' }, h('h2', { id: 'looks-head' }, 'Looks at locked models'), live(looks, all => table(
      'Re-validations on cases that came later', ['Model', 'When', '#New cases', 'Result', ''], all.map(look => h('tr', {},
        h('th', { scope: 'row' }, said(`${look.model}/v${look.version}`)),
        h('td', {}, when(look.at)),
        h('td', { class: 'n' }, count(look.newCases)),
        h('td', {}, result(look)),
        h('td', { class: 'last' }, h('a', { href: look.report, target: '_blank', rel: 'noopener', 'data-key': look.report }, 'Report')))),
      'No locked model has been looked at since its run: that is done when cases have come.'))),
  ];
}

// Of all models that ever were locked, the newest first.
async function looks() {
  const { items } = await get('/api/models', { limit: 500 });
  const names = [...new Set(items.filter(model => model.locked).map(model => model.name))];
  const pages = await Promise.all(names.map(name => get(`/api/models/${part(name)}/looks`, { limit: 500 })));
  return pages.flatMap(page => page.items).sort((a, b) => a.at < b.at ? 1 : -1);
}

const result = look => !look.compared ? 'Too few new cases yet'
  : look.alerts ? h('span', { class: 'badge bad' }, plural(look.alerts, 'alert'))
    : look.watches ? h('span', { class: 'badge busy' }, `${plural(look.watches, 'change')} to watch`) : h('span', { class: 'badge good' }, 'As locked');

function row(model, refresh) {
  const label = `${model.name}/v${model.version}`;
  const change = what => async () => {
    await post(`/api/models/${part(model.name)}/${model.version}/${what}`);
    await refresh();
  };
  return h('tr', {},
    h('th', { scope: 'row' }, said(label), h('div', { class: 'soft hash', title: model.model.sha256 }, model.model.sha256.slice(0, 12))),
    h('td', {}, badge(model.state)),
    h('td', {}, said(model.cohort), h('div', { class: 'soft hash' }, model.runId)),
    h('td', {}, when(model.entered.at), h('div', { class: 'soft' }, said(model.entered.who))),
    h('td', {}, model.locked ? [when(model.locked.at), h('div', { class: 'soft' }, said(model.locked.who))] : null),
    h('td', { class: 'last' }, h('div', { class: 'buttons' },
      model.state === 'Candidate' ? action('Lock', change('lock'), { 'data-key': `lock-${label}`, 'aria-label': `Lock ${label}` }) : null,
      model.state !== 'Retired' ? action('Retire', change('retire'), { 'data-key': `retire-${label}`, 'aria-label': `Retire ${label}`, class: 'quiet' }) : null)));
}
