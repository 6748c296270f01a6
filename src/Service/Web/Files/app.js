import { fill, h, said } from './dom.js';
import { get } from './api.js';
import { leave, live, failure } from './live.js';
import { cohorts } from './cohorts.js';
import { run, runs } from './runs.js';
import { exchange, exchanges } from './exchanges.js';
import { models } from './models.js';

const pages = [
  [/^#\/cohorts$/, 'Cohorts', cohorts],
  [/^#\/runs$/, 'Runs', runs],
  [/^#\/runs\/([^/]+)$/, 'Runs', run],
  [/^#\/exchanges$/, 'Exchanges', exchanges],
  [/^#\/exchanges\/([^/]+)$/, 'Exchanges', exchange],
  [/^#\/models$/, 'Models', models],
];

let first = true;

function open() {
  const address = location.hash || '#/cohorts';
  if (address === '#main') return;
  leave();
  const main = document.getElementById('main');
  const found = pages.map(([pattern, section, show]) => ({ match: pattern.exec(address), section, show })).find(page => page.match);
  for (const link of document.querySelectorAll('header nav a')) {
    if (found && link.textContent === found.section) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  try {
    const name = found ? decodeURIComponent(found.match[1] ?? '') : '';
    fill(main, found ? found.show(name) : h('h1', {}, 'There is nothing at this address'));
    document.title = `${found ? name || found.section : 'Not found'} · Radiogenomics`;
  } catch (problem) {
    fill(main, failure(problem));
  }
  if (!first) {
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
  first = false;
}

async function foot() {
  try {
    const health = await get('/api/health');
    const troubles = [health.trouble, ...health.recurring.map(r => r.trouble)].filter(Boolean);
    fill(document.getElementById('foot'),
      h('p', {}, 'Storage ', said(health.storage), ' · version ', health.version, ' · ', said(health.you)),
      troubles.map(trouble => h('p', { class: 'alarm' }, trouble.message)));
  } catch {
    // The page above says so.
  }
  setTimeout(foot, 15000);
}

addEventListener('hashchange', open);
open();
foot();
