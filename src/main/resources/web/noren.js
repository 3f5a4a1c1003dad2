// What all pages of the box do: send forms to the API, show what came of it, and tell of a change
// that waits to be confirmed.

const proof = document.querySelector('meta[name="noren-proof"]').content;

/** Asks the API; gives what it answered, and throws its problem; a lost one has no status. */
export async function api(method, path, body) {
  const options = { method, headers: { 'Accept': 'application/json' }, cache: 'no-store' };
  if (method !== 'GET') {
    const bytes = body instanceof Blob;
    options.headers['Content-Type'] = bytes ? 'application/octet-stream' : 'application/json';
    options.headers['X-Noren-Proof'] = proof;
    options.body = bytes ? body : JSON.stringify(body ?? {});
  }
  let response;
  let answer;
  try {
    response = await fetch(path, options);
    answer = await response.json();
  } catch (lost) {
    throw new Error(document.body.dataset.lost, { cause: lost });
  }
  if (response.status === 401 && proof && !/\/(login|passphrase|second-factor\/remove)$/.test(path)) {
    location.href = '/login';
  }
  if (!response.ok) {
    throw Object.assign(new Error(answer.error), { status: response.status, answer });
  }
  return answer;
}

/** The value at a path such as panels.0.words. */
export function at(object, path) {
  return path.split('.').reduce((value, name) => value?.[name], object);
}

/** Text typed in full width means the same as in half width; a passphrase is taken as it is. */
function normalised(input) {
  return input.type === 'password' || input.dataset.passphrase !== undefined
    ? input.value
    : input.value.normalize('NFKC').trim();
}

function bodyOf(form) {
  const body = {};
  for (const input of form.elements) {
    if (!input.name || input.disabled || (input.type === 'radio' && !input.checked)) {
      continue;
    }
    let value = input.type === 'checkbox' ? input.checked : normalised(input);
    if (input.dataset.plain !== undefined) {
      value = input.value;
    }
    if (input.dataset.type === 'number') {
      value = value === '' ? undefined : Number(value);
    } else if (input.dataset.type === 'lines') {
      value = value.normalize('NFKC').split('\n').map((each) => each.trim()).filter((each) => each);
    } else if (input.dataset.type === 'list') {
      value = String(value).split(/[,、\n]/).map((each) => each.trim()).filter((each) => each);
    } else if (value === '' && input.dataset.empty === undefined) {
      value = undefined;
    }
    if (input.dataset.sets !== undefined) {
      // One of the fields of a form, which go as name=value; a desk's is name=its own name@host.
      const called = input.form.querySelector(`[data-names="${input.id}"]`);
      if (value !== undefined) {
        const before = called ? normalised(called) + '@' : '';
        (body.fields ??= []).push(`${input.dataset.sets}=${before}${value}`);
      }
      continue;
    }
    if (input.dataset.type === 'chosen') {
      // Boxes of one name, of which those that are ticked make a list.
      const chosen = (body[input.name] ??= []);
      if (input.checked) {
        chosen.push(input.value);
      }
      continue;
    }
    body[input.name] = value;
  }
  return body;
}

/**
 * Sends a form. Where no answer comes it may be the answer alone that was lost, as when the box sets
 * its clock meanwhile: a form that names another way in tries that, and then once more its own.
 */
async function send(form) {
  const method = form.dataset.method ?? 'POST';
  const body = bodyOf(form);
  try {
    return await api(method, form.dataset.api, body);
  } catch (problem) {
    if (problem.status || !form.dataset.again) {
      throw problem;
    }
  }
  try {
    return await api(method, form.dataset.again, { passphrase: body.passphrase });
  } catch {
    return api(method, form.dataset.api, body);
  }
}

function show(element, text) {
  if (element) {
    element.textContent = text;
    element.hidden = !text;
  }
}

function after(element, answer) {
  // What is to be said about a change is said on the page that comes next.
  if (answer.remarks?.length && !element.dataset.result) {
    sessionStorage.setItem('noren-remarks', JSON.stringify(answer.remarks));
  }
  element.dispatchEvent(new CustomEvent('noren:done', { bubbles: true, detail: answer }));
  if (element.dataset.then) {
    location.href = element.dataset.then;
  } else if (element.dataset.result) {
    result(document.getElementById(element.dataset.result), answer);
  } else if (element.dataset.said === undefined) {
    location.reload();
  }
}

/** Fills a dialog with an answer and opens it; the page is fresh again when it is closed. */
function result(dialog, answer) {
  for (const field of dialog.querySelectorAll('[data-field]')) {
    const value = at(answer, field.dataset.field);
    if (field.tagName === 'IMG') {
      field.src = value ?? '';
      field.hidden = !value;
    } else if (field.tagName === 'A') {
      field.href = URL.createObjectURL(new Blob([value], { type: 'text/plain' }));
      field.download = at(answer, field.dataset.name) ?? 'noren.conf';
    } else if (field.tagName === 'INPUT') {
      field.value = value ?? '';
    } else {
      field.textContent = Array.isArray(value) ? value.join('\n') : value ?? '';
      (field.closest('[data-optional]') ?? field).hidden = !value || value.length === 0;
    }
  }
  dialog.addEventListener('close', () => location.reload(), { once: true });
  dialog.showModal();
}

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!form.dataset.api) {
    return;
  }
  event.preventDefault();
  const error = form.querySelector('[role="alert"]');
  const button = form.querySelector('[type="submit"]');
  show(error, '');
  button.disabled = true;
  button.setAttribute('aria-busy', 'true');
  try {
    after(form, await send(form));
  } catch (problem) {
    show(error, problem.message);
  } finally {
    button.disabled = false;
    button.removeAttribute('aria-busy');
  }
});

document.addEventListener('click', async (event) => {
  const opener = event.target.closest('[data-opens]');
  if (opener) {
    document.getElementById(opener.dataset.opens).showModal();
    return;
  }
  if (event.target.closest('[data-prints]')) {
    print();
    return;
  }
  const closer = event.target.closest('[data-closes]');
  if (closer) {
    closer.closest('dialog').close();
    return;
  }
  const copier = event.target.closest('[data-copies]');
  if (copier) {
    await copy(document.getElementById(copier.dataset.copies).textContent);
    show(copier.parentElement.querySelector('[role="status"]'), copier.dataset.said);
    return;
  }
  const button = event.target.closest('[data-post]');
  if (!button || (button.dataset.asks && !confirm(button.dataset.asks))) {
    return;
  }
  button.disabled = true;
  const said = button.parentElement.querySelector('[role="status"], [role="alert"]');
  try {
    const body = button.dataset.body ? JSON.parse(button.dataset.body) : {};
    const answer = await api(button.dataset.method ?? 'POST', button.dataset.post, body);
    show(said, button.dataset.said ?? '');
    after(button, answer);
  } catch (problem) {
    if (said) {
      show(said, problem.message);
    } else {
      alert(problem.message);
    }
  } finally {
    button.disabled = false;
  }
});

/** The page comes over plain HTTP, where browsers have no clipboard for it. */
async function copy(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

document.addEventListener('input', (event) => {
  if (event.target.dataset.passphrase !== undefined) {
    const typed = event.target.value;
    const notice = event.target.form.querySelector('[data-full-width]');
    notice.hidden = typed === typed.normalize('NFKC');
  }
});

for (const box of document.querySelectorAll('[data-shows]')) {
  box.addEventListener('change', () => {
    box.form.elements[box.dataset.shows].type = box.checked ? 'text' : 'password';
  });
}

/** A file is read into a field, and gives the name where there is none yet. */
async function read(form, name, file) {
  const field = form.elements[name];
  field.value = await file.text();
  const called = form.elements.name;
  if (called && !called.value) {
    called.value = file.name.replace(/\.[^.]*$/, '').replace(/[^A-Za-z0-9_=+.-]/g, '').slice(0, 15);
  }
}

for (const input of document.querySelectorAll('[data-reads]')) {
  input.addEventListener('change', () => {
    if (input.files[0]) {
      read(input.form, input.dataset.reads, input.files[0]);
    }
  });
}

for (const form of document.querySelectorAll('[data-drop]')) {
  form.addEventListener('dragover', (event) => event.preventDefault());
  form.addEventListener('drop', (event) => {
    event.preventDefault();
    if (event.dataTransfer.files[0]) {
      read(form, 'conf', event.dataTransfer.files[0]);
    }
  });
}

// A link from elsewhere brings no cookie; whoever has signed in need not do so again.
if (document.querySelector('[data-session-check]')) {
  api('GET', '/api/v1/session').then((session) => {
    if (session.signedIn) {
      location.href = '/';
    }
  });
}

const remarks = JSON.parse(sessionStorage.getItem('noren-remarks') ?? '[]');
sessionStorage.removeItem('noren-remarks');
for (const remark of remarks) {
  const place = document.getElementById('remarks');
  const line = document.createElement('p');
  line.textContent = remark;
  place.append(line);
  place.hidden = false;
}

/** The banners of a change that waits, and of a technician who looks. */
export function banners(home) {
  pending(home.pending);
  const visit = document.getElementById('visit');
  if (visit) {
    visit.hidden = home.visitSecondsLeft === null;
    visit.querySelector('[data-field="left"]').textContent =
      visit.dataset.words.replace('{0}', Math.ceil((home.visitSecondsLeft ?? 0) / 60));
  }
}

function pending(change) {
  const banner = document.getElementById('pending');
  if (!banner) {
    return;
  }
  if (!change && !banner.hidden && !document.querySelector('dialog[open]')) {
    // It was kept or undone elsewhere, or its time is over: what is shown is another document's.
    location.reload();
    return;
  }
  banner.hidden = !change;
  if (change) {
    write(banner.querySelector('[data-field="what"]'), change.what);
    write(banner.querySelector('[data-field="left"]'), banner.dataset.words.replace('{0}', change.secondsLeft));
  }
}

/** Writes where it is not so already: what is written is read out. */
export function write(element, text) {
  if (element && element.textContent !== text) {
    element.textContent = text;
  }
}

if (document.getElementById('pending') && !document.getElementById('graph')) {
  const look = async () => {
    if (!document.hidden) {
      try {
        banners(await api('GET', '/api/v1/home'));
      } catch {
        // The box restarts, or its address has changed: the next look tells.
      }
    }
    setTimeout(look, 3000);
  };
  look();
}
