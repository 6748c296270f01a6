// Words for what the API says in codes, and numbers as people read them.
import { h } from './dom.js';

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const number = new Intl.NumberFormat('en');

export const when = text => text ? h('time', { datetime: text, title: text }, moment.format(new Date(text))) : '';
export const whenExactly = text => text ? h('time', { datetime: text, title: text }, exact.format(new Date(text))) : '';
export const count = value => number.format(value);

export function size(bytes) {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (bytes >= 1000 && unit < units.length - 1) {
    bytes /= 1000;
    unit++;
  }
  return `${unit === 0 || bytes >= 100 ? Math.round(bytes) : bytes.toFixed(1)} ${units[unit]}`;
}

export const plural = (n, one, many) => `${count(n)} ${n === 1 ? one : many ?? one + 's'}`;

const kinds = { CohortRun: 'Cohort run', ExchangeIntake: 'Partner intake', ExchangeScoring: 'Partner scoring', Revalidation: 'Re-validation' };
export const kind = value => kinds[value] ?? value;

const measures = {
  auc: 'AUC', brier: 'Brier score', brier_scaled: 'Scaled Brier score', calibration_slope: 'Calibration slope', calibration_in_the_large: 'Calibration in the large',
};
export const measure = value => measures[value] ?? value;

const tones = {
  Completed: 'good', Released: 'good', Locked: 'good',
  Running: 'busy', Accepted: 'busy', Submitted: 'busy', Uploading: 'busy',
  Failed: 'bad', Refused: 'bad', Rejected: 'bad',
};

const words = { InReview: 'In review' };

// A state in a word; its colour only repeats it.
export const badge = state => h('span', { class: `badge ${tones[state] ?? 'calm'}` }, words[state] ?? state);

export function progressOf(job) {
  if (job.state !== 'Running' || !job.progress) return null;
  const { stage, done, total } = job.progress;
  const text = total > 0 ? `${stage}: ${count(done)} of ${count(total)}` : stage;
  return h('div', { class: 'progress' },
    h('progress', { max: Math.max(1, total), value: total > 0 ? done : 1, 'aria-label': text }), h('span', {}, text));
}

export const hasEnded = job => job.state !== 'Queued' && job.state !== 'Running';
