// Uploads a folder from the browser, by the protocol of the link: in blocks, several files at once, the marker last.
import { field, fill, h } from './dom.js';
import { part, post } from './api.js';
import { form, stillHere } from './live.js';
import { count, plural, size } from './format.js';

const version = '2021-12-02';
const blockBytes = 8 * 1024 * 1024;
const largestFile = 1024 ** 3;
const atOnce = 4;
const attempts = 4;
const marker = '_COMPLETE';

export function uploader(done) {
  const name = h('input', { required: true, pattern: '[a-z0-9][a-z0-9\\-]{0,39}', maxlength: 40, autocomplete: 'off', spellcheck: 'false' });
  const folder = h('input', { type: 'file', webkitdirectory: true, multiple: true, required: true });
  const site = h('input', { maxlength: 200, autocomplete: 'off' });
  const statement = h('select', {}, h('option', { value: 'method' }, 'It was done as follows'), h('option', { value: 'not_required' }, 'It was not needed, because'));
  const words = h('input', { required: true, maxlength: 500, autocomplete: 'off' });
  const shown = h('div', { class: 'upload' });
  folder.addEventListener('change', () => {
    const files = chosen(folder);
    fill(shown, h('p', { class: 'soft' }, `${plural(files.length, 'file')}, ${size(total(files))}.`));
    if (!name.value && files.length) name.value = nameFrom(folder.files[0].webkitRelativePath.split('/')[0]);
  });
  return [
    form('Upload', [
      field('Folder of the cohort', folder, 'The folder that holds study.yaml. Names that begin with a dot are left out.'),
      field('Name of the cohort', name, 'a–z, 0–9 and hyphens. A later upload under the same name adds to the cohort or corrects it.'),
      field('Site', site, 'Where the data are from; may be left empty.'),
      field('De-identification', statement),
      field('In words', words, 'Kept with the cohort. The service checks every image all the same.'),
    ], () => upload(name.value, chosen(folder), { site: site.value.trim(), statement: statement.value, words: words.value.trim() }, shown, done)),
    shown,
  ];
}

const total = files => files.reduce((sum, { file }) => sum + file.size, 0);

const nameFrom = text => text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40);

// Files of the folder with their paths in the cohort.
function chosen(input) {
  return [...input.files]
    .map(file => ({ file, path: file.webkitRelativePath.split('/').slice(1).join('/') }))
    .filter(({ path }) => path !== marker && !path.split('/').some(name => name.startsWith('.')));
}

async function upload(name, files, stated, shown, done) {
  const here = stillHere();
  if (!files.some(({ path }) => path === 'study.yaml')) throw new Error('The folder has no study.yaml, which says what to do with the cohort: choose the folder that holds it.');
  const large = files.find(({ file }) => file.size > largestFile);
  if (large) throw new Error(`'${large.path}' is larger than ${size(largestFile)}, the most that a browser uploads: use the command below.`);
  const { link } = await post(`/api/cohorts/${part(name)}/links`, { hours: 24 });
  const target = new URL(link);
  if (target.origin !== location.origin) throw new Error('This storage takes no uploads from this page: make a link below and use the command.');

  const all = total(files);
  const bar = h('progress', { max: Math.max(1, all), value: 0, 'aria-label': 'Uploaded' });
  const text = h('span', {});
  fill(shown, h('div', { class: 'progress' }, bar, text));
  let sent = 0;
  let ready = 0;
  const tell = () => {
    bar.value = sent;
    text.textContent = `${count(ready)} of ${plural(files.length, 'file')}, ${size(sent)} of ${size(all)}`;
  };
  tell();
  const hashes = new Array(files.length);
  let next = 0;
  async function work() {
    while (next < files.length) {
      if (!here()) throw new Error('The upload was left. Upload again to go on.');
      const mine = next++;
      const { file, path } = files[mine];
      hashes[mine] = await put(addressOf(target, path), file, bytes => {
        sent += bytes;
        tell();
      });
      ready++;
      tell();
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, files.length) }, work));
  const manifest = {
    schema: 1,
    ...(stated.site ? { site: stated.site } : {}),
    deidentification: { [stated.statement]: stated.words },
    files: files.map(({ file, path }, i) => ({ path, size: file.size, sha256: hashes[i] })).sort((a, b) => a.path < b.path ? -1 : 1),
  };
  await put(addressOf(target, marker), new Blob([JSON.stringify(manifest)]), () => {});
  text.textContent = `Uploaded: ${plural(files.length, 'file')}, ${size(all)}. The run starts within some seconds.`;
  done();
}

function addressOf(target, path) {
  const address = new URL(target);
  address.pathname += '/' + path.split('/').map(encodeURIComponent).join('/');
  return address;
}

// Uploads one file; its SHA-256 in hexadecimal.
async function put(address, file, sent) {
  const bytes = await file.arrayBuffer();
  const hash = [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map(b => b.toString(16).padStart(2, '0')).join('');
  if (bytes.byteLength <= blockBytes) {
    await send(address, bytes, { 'x-ms-blob-type': 'BlockBlob' });
    sent(bytes.byteLength);
    return hash;
  }
  const blocks = [];
  for (let from = 0; from < bytes.byteLength; from += blockBytes) {
    const id = btoa(String(blocks.length).padStart(8, '0'));
    const block = new Uint8Array(bytes, from, Math.min(blockBytes, bytes.byteLength - from));
    await send(withQuery(address, { comp: 'block', blockid: id }), block, {});
    blocks.push(id);
    sent(block.byteLength);
  }
  const list = `<?xml version="1.0" encoding="utf-8"?><BlockList>${blocks.map(id => `<Latest>${id}</Latest>`).join('')}</BlockList>`;
  await send(withQuery(address, { comp: 'blocklist' }), list, {});
  return hash;
}

function withQuery(address, query) {
  const copy = new URL(address);
  for (const [name, value] of Object.entries(query)) copy.searchParams.set(name, value);
  return copy;
}

async function send(address, body, headers) {
  for (let attempt = 1; ; attempt++) {
    let status = 0;
    try {
      const response = await fetch(address, { method: 'PUT', body, headers: { 'x-ms-version': version, 'Content-Type': 'application/octet-stream', ...headers }, credentials: 'omit' });
      if (response.ok) return;
      status = response.status;
    } catch {
      // No answer: tried again below.
    }
    if (attempt === attempts || (status > 0 && status < 500 && status !== 408 && status !== 429)) {
      throw new Error(status ? `The storage refused a file (status ${status}). Upload again to go on.` : 'The service does not answer. Upload again to go on.');
    }
    await new Promise(resolve => setTimeout(resolve, 500 * 2 ** attempt));
  }
}
