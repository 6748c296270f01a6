// Speaks to the service. Every error is a code, a sentence and perhaps a place.

export class ApiProblem extends Error {
  constructor(status, error) {
    super(error.message);
    this.status = status;
    this.code = error.code;
    this.where = error.where;
  }
}

export const get = (path, query) => ask('GET', path + search(query));
export const post = (path, body) => ask('POST', path, body ?? {});

function search(query) {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length ? '?' + new URLSearchParams(given) : '';
}

async function ask(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json', 'X-Radiogenomics': 'page' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new ApiProblem(0, { code: 'service.silent', message: 'The service does not answer. If it was stopped, start it again and open the address that it prints.' });
  }
  let document = null;
  try {
    document = await response.json();
  } catch {
    // An answer without JSON is told by its status.
  }
  if (response.ok) return document;
  throw new ApiProblem(response.status, document?.code ? document : { code: 'service.answer', message: `The service answered with status ${response.status}.` });
}

export const part = encodeURIComponent;
