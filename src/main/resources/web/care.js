// A file with a new version, on its way to the box in parts, and how far the box is with it.

import { api, write } from './noren.js';

// A part takes at most a few seconds, or the box cuts it off: over a slow network they get smaller.
const MOST_BYTES = 256 * 1024;
const LEAST_BYTES = 16 * 1024;
const TRIES = 6;
const PAUSE_MS = 1000;

const section = document.querySelector('[data-update]');
const form = document.querySelector('[data-uploads]');

/** How much is there, in percent; a state of the box's own in words. */
function progress(percent, words) {
  const bar = section.querySelector('progress');
  bar.hidden = false;
  bar.value = percent;
  write(section.querySelector('[data-field="says"]'), words);
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function upload(file) {
  const words = form.dataset.words;
  let size = MOST_BYTES;
  let failed = 0;
  let at = 0;
  do {
    const part = file.slice(at, at + size);
    try {
      await api('POST', `/api/v1/update?offset=${at}&of=${file.size}`, part);
      at += part.size;
      failed = 0;
      const percent = Math.floor((at * 100) / Math.max(file.size, 1));
      progress(percent, words.replace('{0}', percent));
    } catch (problem) {
      if (problem.status) {
        throw problem;
      }
      if (++failed === TRIES) {
        throw new Error(form.dataset.lost);
      }
      size = Math.max(LEAST_BYTES, size / 2);
      await pause(PAUSE_MS);
      // Whose session is over is cut off before all was sent: this leads to the sign-in.
      await api('GET', '/api/v1/update').catch(() => {});
    }
  } while (at < file.size);
}

/** Looks how far the box is, until it is something else than it was. */
async function follow(before) {
  for (;;) {
    await pause(PAUSE_MS);
    try {
      const update = await api('GET', '/api/v1/update');
      if (update.state !== before) {
        location.reload();
        return;
      }
      if (update.percent !== null) {
        progress(update.percent, update.says);
      }
    } catch {
      // It restarts: the next look tells.
    }
  }
}

form?.addEventListener('submit', async (event) => {
  event.preventDefault();
  const error = form.querySelector('[role="alert"]');
  const button = form.querySelector('[type="submit"]');
  error.hidden = true;
  button.disabled = true;
  button.setAttribute('aria-busy', 'true');
  try {
    await upload(form.elements.file.files[0]);
    location.reload();
  } catch (problem) {
    section.querySelector('progress').hidden = true;
    write(section.querySelector('[data-field="says"]'), '');
    error.textContent = problem.message;
    error.hidden = false;
    button.disabled = false;
    button.removeAttribute('aria-busy');
  }
});

if (['older', 'writing', 'trying'].includes(section?.dataset.update)) {
  follow(section.dataset.update);
}

/** Looks how far the box is with a list or a file that it fetches, until it is done. */
async function followNews(place) {
  for (;;) {
    await pause(PAUSE_MS);
    try {
      const news = await api('GET', '/api/v1/update/news');
      if (news.doing !== place.dataset.news) {
        location.reload();
        return;
      }
      write(place.querySelector('[data-field="news"]'), news.says);
    } catch {
      // The next look tells.
    }
  }
}

const news = document.querySelector('[data-news]');
if (news?.dataset.news) {
  followNews(news);
}

section?.addEventListener('noren:done', (event) => {
  if (event.target.dataset.said !== undefined) {
    // It restarts, and comes back with another version or with this one.
    follow('ready');
  }
});
