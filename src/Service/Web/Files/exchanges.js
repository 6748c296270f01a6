import { check, facts, field, fill, h, said, table } from './dom.js';
import { get, part, post } from './api.js';
import { failure, form, live } from './live.js';
import { measure, badge, count, plural, when, whenExactly } from './format.js';
import { secret } from './cohorts.js';

const label = model => `${model.name}/v${model.version}`;

export function exchanges() {
  const list = live(() => get('/api/exchanges', { limit: 200 }), page => [
    table('Exchanges with partners, the newest first', ['Partner', 'Model', 'State', 'Since', 'Until'], page.items.map(exchange => h('tr', {},
      h('th', { scope: 'row' }, h('a', { href: `#/exchanges/${part(exchange.id)}`, 'data-key': exchange.id }, said(exchange.partner))),
      h('td', {}, label(exchange.model)),
      h('td', {}, badge(exchange.state)),
      h('td', {}, when(exchange.changed)),
      h('td', {}, exchange.closed ? null : when(exchange.expiresAt)))), 'No partner has been invited yet.'),
  ]);
  const invited = h('div', { role: 'status' });
  return [
    h('h1', {}, 'Exchanges'),
    h('p', { class: 'lede' }, 'A partner site uploads its cohort by a link; the locked model is scored on it here. The site gets its full report, you get the agreed aggregates, and nobody sees the other’s data.'),
    list,
    h('section', { 'aria-labelledby': 'invite-head' }, h('h2', { id: 'invite-head' }, 'Invite a partner'), inviteForm(invited, () => list.refresh()), invited),
  ];
}

function inviteForm(invited, refresh) {
  const target = h('div', {});
  (async () => {
    try {
      const { items } = await get('/api/models', { limit: 500 });
      const locked = items.filter(model => model.state === 'Locked');
      fill(target, locked.length ? inputs(locked, invited, refresh) : h('p', { class: 'none' }, 'No model is locked yet. Lock one under ', h('a', { href: '#/models' }, 'Models'), ' first.'));
    } catch (problem) {
      fill(target, failure(problem));
    }
  })();
  return target;
}

function inputs(locked, invited, refresh) {
  const partner = h('input', { required: true, maxlength: 100, autocomplete: 'off' });
  const model = h('select', { required: true }, locked.map(m => h('option', { value: label(m) }, label(m))));
  const days = h('input', { type: 'number', min: '1', max: '365', value: '14', required: true });
  const range = h('input', { autocomplete: 'off', spellcheck: 'false' });
  const smallest = h('input', { type: 'number', min: '3', max: '1000', value: '5', required: true });
  const agreed = name => h('input', { type: 'checkbox', checked: true, name });
  const [performance, calibration, counts] = ['performance', 'calibration', 'counts'].map(agreed);
  return form('Invite', [
    field('Name of the site', partner),
    field('Model', model),
    field('Days to upload', days),
    field('IP addresses', range, 'One IPv4 address, or two with a hyphen; empty allows any.'),
    h('fieldset', {}, h('legend', {}, 'What you will see of its cohort'), check('Performance', performance), check('Calibration', calibration), check('Counts', counts)),
    field('Smallest count shown', smallest, 'Nothing that is made from fewer cases is shown.'),
  ], async () => {
    const chosen = locked.find(m => label(m) === model.value);
    const made = await post('/api/exchanges', {
      partner: partner.value, model: chosen.name, version: chosen.version, uploadDays: Number(days.value), ipRange: range.value.trim() || null,
      performance: performance.checked, calibration: calibration.checked, counts: counts.checked, smallestCount: Number(smallest.value),
    });
    fill(invited, linksOf(made));
    refresh();
  });
}

// Links as they were just made: they are shown once and kept nowhere.
const linksOf = made => h('div', { class: 'card' },
  h('p', {}, 'Send these links to ', said(made.exchange.partner), ' by a way that you trust. They are shown only here and only now.'),
  made.links.map(link => [
    secret(link.purpose === 'Upload' ? 'For uploading' : 'For fetching results', link.link),
    h('p', { class: 'soft' }, 'It works until ', when(link.expires), link.ipRange ? ` from ${link.ipRange}${link.ipEnforced ? '' : ' (not enforced by this storage)'}` : '', '.'),
  ]));

export function exchange(id) {
  const address = `/api/exchanges/${part(id)}`;
  const issued = h('div', { role: 'status' });
  const all = live(() => get(address), shown => show(shown, address, issued, () => all.refresh()), shown => ['Submitted', 'Accepted', 'Uploading'].includes(shown.exchange.state));
  return [all, issued];
}

function show(shown, address, issued, refresh) {
  const { exchange } = shown;
  return [
    h('p', { class: 'crumb' }, h('a', { href: '#/exchanges', 'data-key': 'exchanges' }, 'Exchanges'), ' / ', h('code', {}, exchange.id)),
    h('h1', {}, said(exchange.partner)),
    h('p', { class: 'state' }, badge(exchange.state)),
    exchange.reason ? h('p', {}, 'Reason: ', said(exchange.reason.text), ' ', h('code', {}, exchange.reason.code)) : null,
    facts([
      ['Model', label(exchange.model)],
      ['Submission', count(exchange.submission.number)],
      ['Submitted', exchange.submission.submitted ? whenExactly(exchange.submission.submitted) : null],
      ['Upload until', whenExactly(exchange.deadline)],
      ['Results until', whenExactly(exchange.closeBy)],
      ['IP addresses', exchange.ipRange ? said(exchange.ipRange) : null],
      ['You will see', [exchange.terms.performance && 'performance', exchange.terms.calibration && 'calibration', exchange.terms.counts && 'counts'].filter(Boolean).join(', ')
        + `; nothing from fewer than ${count(exchange.terms.smallestCount)} cases`],
      ['Run', shown.job ? h('a', { href: `#/runs/${part(shown.job.id)}`, 'data-key': 'job' }, badge(shown.job.state)) : null],
    ]),
    intake(exchange.submission.intake),
    shown.aggregates ? aggregates(shown.aggregates) : null,
    decisions(shown, address, issued, refresh),
    h('section', { 'aria-labelledby': 'audit-head' }, h('h2', { id: 'audit-head' }, 'History'),
      table('What happened, the oldest first', ['When', 'Who', 'What', 'Facts'], shown.history.map(entry => h('tr', {},
        h('td', {}, whenExactly(entry.at)),
        h('td', {}, said(entry.who)),
        h('td', {}, said(entry.what)),
        h('td', { class: 'facts-line' }, Object.entries(entry.facts).map(([name, value]) => [h('span', { class: 'soft' }, said(name), ' '), said(value), ' ']))), ), 'Nothing yet.')),
    h('section', { 'aria-labelledby': 'links-head' }, h('h2', { id: 'links-head' }, 'Ledger of links'),
      table('Links that were issued, and revocations', ['When', 'What', 'For', 'Works', 'By'], shown.links.map(entry => h('tr', {},
        h('td', {}, whenExactly(entry.at)),
        h('td', {}, entry.revocation ? 'All links revoked' : entry.right === 'Read' ? 'Reading' : 'Uploading'),
        h('td', {}, said(entry.area)),
        h('td', {}, entry.expiry ? ['until ', when(entry.expiry), entry.ipRange ? [' from ', said(entry.ipRange), entry.ipEnforced ? '' : ' (not enforced)'] : ''] : null),
        h('td', {}, said(entry.by)))), 'No link has been issued.')),
  ];
}

const intake = seen => seen ? h('section', { 'aria-labelledby': 'intake-head' }, h('h2', { id: 'intake-head' }, 'What the intake let in'),
  facts([
    ['Let in', `at least ${plural(seen.admittedAtLeast, 'case')}`],
    ['Kept out', `at least ${plural(seen.quarantinedAtLeast, 'case')}`],
    ...Object.entries(seen.quarantinedBy).map(([code, cases]) => [code, `at least ${plural(cases, 'case')}`]),
  ])) : null;

function aggregates(seen) {
  const figure = e => `${e.value.toFixed(3)}${e.low === undefined || e.low === null ? '' : ` (${e.low.toFixed(3)} to ${e.high.toFixed(3)})`}`;
  return h('section', { 'aria-labelledby': 'aggregates-head' }, h('h2', { id: 'aggregates-head' }, 'Agreed aggregates'),
    seen.counts ? h('p', {}, `${plural(seen.counts.cases, 'case')} analysed`, seen.counts.events === undefined || seen.counts.events === null ? '' : `, ${plural(seen.counts.events, 'event')}`, '.') : null,
    seen.models.map(model => [
      table(`${model.predictorSet}, ${model.model}`, ['Measure', 'Value (interval)'], model.estimates.map(e => h('tr', {}, h('th', { scope: 'row' }, said(measure(e.measure))), h('td', {}, figure(e)))), 'No figure may be shown.'),
      model.calibrationGroups.length ? table('Calibration by groups of cases', ['#Cases', '#Predicted', '#Observed', 'Interval'], model.calibrationGroups.map(g => h('tr', {},
        h('td', { class: 'n' }, count(g.cases)), h('td', { class: 'n' }, g.meanPredicted.toFixed(3)), h('td', { class: 'n' }, g.observed.toFixed(3)),
        h('td', {}, `${g.low.toFixed(3)} to ${g.high.toFixed(3)}`))), '') : null,
    ]),
    seen.withheld.map(sentence => h('p', { class: 'soft' }, said(sentence))));
}

const open = state => ['Invited', 'Uploading', 'Submitted', 'InReview', 'Accepted', 'Rejected', 'Released'].includes(state);

// What can be decided in this state, each with a reason that goes into the history.
function decisions({ exchange }, address, issued, refresh) {
  const state = exchange.state;
  const reason = h('input', { required: true, maxlength: 400, autocomplete: 'off', 'data-key': 'reason' });
  const choices = [
    state === 'InReview' && ['accept', 'Accept'], state === 'InReview' && ['reject', 'Reject'],
    state === 'Rejected' && ['resubmit', 'Ask for a further submission'],
    open(state) && ['revoke', 'Revoke'],
  ].filter(Boolean);
  if (choices.length === 0) return null;
  const choice = h('select', { 'data-key': 'choice' }, choices.map(([value, text]) => h('option', { value }, text)));
  const link = purpose => async () => {
    fill(issued, linksOf({ exchange, links: [await post(`${address}/links`, { purpose })] }));
    await refresh();
  };
  const links = [['Invited', 'Uploading'].includes(state) && ['Upload', 'New link for uploading'], open(state) && ['Results', 'New link for results']].filter(Boolean);
  return h('section', { 'aria-labelledby': 'decide-head' }, h('h2', { id: 'decide-head' }, 'Decide'),
    form('Do it', [field('What', choice), field('Reason', reason, 'Goes into the history, and to the partner.')], async () => {
      const answer = await post(`${address}/${choice.value}`, { reason: reason.value });
      reason.value = '';
      fill(issued, answer.links ? linksOf(answer) : null); // Links that were shown before may have ended.
      await refresh();
    }, { 'data-key': 'do' }),
    links.length ? h('p', { class: 'buttons' }, links.map(([purpose, text]) => linkButton(text, link(purpose), purpose))) : null);
}

function linkButton(text, act, key) {
  return form(text, [], act, { 'data-key': `link-${key}`, class: 'quiet' });
}
