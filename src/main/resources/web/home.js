// The home page: lamps that blink as those of the box do, and numbers that are never old.

import { api, at, banners, write } from './noren.js';

let lamps = {};
let began = performance.now();
let signal = document.querySelector('.curtain').dataset.signal;
const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;

function lit(panel, ms) {
  if (panel.steps.length === 0) {
    return panel.on;
  }
  if (calm) {
    return true;
  }
  let within = ms % panel.steps.reduce((sum, step) => sum + step, 0);
  let on = true;
  for (const step of panel.steps) {
    if (within < step) {
      return on;
    }
    within -= step;
    on = !on;
  }
  return on;
}

function blink() {
  for (const [name, panel] of Object.entries(lamps)) {
    const cloth = document.querySelector(`[data-panel="${name}"]`);
    cloth.dataset.colour = panel.colour;
    cloth.dataset.on = panel.on;
    cloth.classList.toggle('lit', lit(panel, performance.now() - began));
  }
  requestAnimationFrame(blink);
}

/** How many of what there are, as the box says it of the page that it has drawn. */
function shape(home) {
  return [home.way.length, home.problems.length, home.instructions.length, ...home.tunnels.map((each) => each.name + each.ends.length), home.finding?.number, home.finding?.tunnel].join();
}

const drawn = document.querySelector('.curtain').dataset.shape;

function shown(home) {
  // What comes or goes is drawn by the box itself.
  if (drawn !== shape(home)) {
    location.reload();
    return;
  }
  if (signal !== home.signal) {
    signal = home.signal;
    began = performance.now();
  }
  lamps = Object.fromEntries(home.panels.map((panel) => [panel.name, panel]));
  for (const element of document.querySelectorAll('[data-bind]')) {
    const [first, name, last] = element.dataset.bind.split('.');
    write(element, first === 'panels' ? lamps[name][last] : at(home, element.dataset.bind));
  }
  for (const part of home.way) {
    const element = document.querySelector(`[data-part="${part.key}"]`);
    element.dataset.state = part.state;
    write(element.querySelector('.value'), part.value);
    write(element.querySelector('.quality'), part.quality ?? '');
    write(element.querySelector('.detail'), part.detail);
  }
  for (const tunnel of home.tunnels) {
    const article = document.querySelector(`[data-tunnel="${CSS.escape(tunnel.name)}"]`);
    article.dataset.state = tunnel.state;
    write(article.querySelector('.says'), tunnel.says);
    tunnel.ends.forEach((end, i) => {
      const row = article.querySelectorAll('.ends li')[i];
      row.dataset.state = end.state;
      write(row.querySelector('span'), end.says);
      write(row.querySelector('.quality'), end.answers ?? '');
      write(row.querySelector('small'), `${end.endpoint} ↓ ${end.received} ↑ ${end.sent} (${end.rate})`);
    });
  }
  banners(home);
  measured(home);
}

const seconds = 300;
const language = document.documentElement.lang;
const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23' });
const days = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric' });
const hours = new Intl.DateTimeFormat(language, { timeStyle: 'short', hourCycle: 'h23' });
const place = document.getElementById('graph');
const live = [[], [], []];
let day;
let graph;

/** live, day or trend. */
function span() {
  return document.querySelector('#span [name="span"]:checked').value;
}

function format() {
  return day ? (day.partSeconds < 3600 ? hours : days) : time;
}

/** The newest moment is always at the right, and what is not known is a gap. */
function range() {
  if (day) {
    return [day.from / 1000, day.from / 1000 + day.received.length * day.partSeconds];
  }
  return [Date.now() / 1000 - seconds, Date.now() / 1000];
}

function columns() {
  if (!day) {
    return live;
  }
  const mega = (column) => column.map((bits) => (bits < 0 ? null : bits / 1e6));
  const middle = (part) => day.from / 1000 + (part + 0.5) * day.partSeconds;
  return [day.received.map((_, part) => middle(part)), mega(day.received), mega(day.sent)];
}

function draw() {
  if (!graph && globalThis.uPlot) {
    const series = { width: 2, points: { show: false } };
    graph = new uPlot(
      {
        width: place.clientWidth,
        height: 160,
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { range }, y: { range: (u, min, max) => [0, Math.max(max, 0.1)] } },
        axes: [
          { space: 80, values: (u, ticks) => ticks.map((tick) => format().format(new Date(tick * 1000))) },
          { size: 84, values: (u, ticks) => ticks.map((tick) => `${tick} Mb/s`) },
        ],
        series: [
          {},
          { ...series, label: place.dataset.received, stroke: '#26325f', fill: '#26325f22' },
          { ...series, label: place.dataset.sent, stroke: '#b46a00', dash: [6, 4] },
        ],
      },
      columns(),
      place,
    );
    addEventListener('resize', () => graph.setSize({ width: place.clientWidth, height: 160 }));
  }
  graph?.setData(columns());
}

function measured(home) {
  live[0].push(Date.now() / 1000);
  live[1].push((home.receivedPerSecond * 8) / 1e6);
  live[2].push((home.sentPerSecond * 8) / 1e6);
  while (live[0].length > seconds) {
    live.forEach((column) => column.shift());
  }
  if (!day) {
    draw();
  }
}

/** What was carried in the last day: the table's words, and the graph where it is wanted. */
async function lookBack() {
  const wanted = span();
  const isLive = wanted === 'live';
  const of = document.querySelector('#span [name="of"]');
  of.closest('label').hidden = isLive;
  document.getElementById('trend').hidden = wanted !== 'trend';
  place.ariaLabel = place.dataset[wanted];
  if (wanted === 'day' || document.getElementById('day').open) {
    try {
      const answer = await api('GET', `/api/v1/day?of=${encodeURIComponent(of.value)}`);
      for (const row of answer.rows) {
        const cells = document.querySelectorAll(`[data-row="${CSS.escape(row.key)}"] td`);
        [row.received, row.sent, row.most, row.known].forEach((text, i) => write(cells[i], text));
      }
      day = span() === 'day' ? answer : day;
    } catch {
      // The next look tells.
    }
  }
  if (wanted === 'trend') {
    try {
      const answer = await api('GET', `/api/v1/trend?of=${encodeURIComponent(of.value)}`);
      const row = answer.rows.find((each) => each.key === answer.of);
      const words = document.querySelectorAll('#trend b');
      [row.received, row.sent, row.most].forEach((text, i) => write(words[i], text));
      day = span() === 'trend' ? answer : day;
    } catch {
      // The next look tells.
    }
  }
  if (span() === 'live') {
    day = null;
  }
  draw();
}

document.getElementById('span').hidden = false;
document.getElementById('span').addEventListener('change', lookBack);
document.getElementById('day').addEventListener('toggle', lookBack);
setInterval(() => document.hidden || lookBack(), 60_000);

let stream;

function listen() {
  stream = new EventSource('/api/v1/events');
  stream.onmessage = (event) => shown(JSON.parse(event.data));
  stream.onerror = async () => {
    if (stream.readyState === EventSource.CLOSED) {
      // No place is free, or the session is over.
      setTimeout(listen, 5000);
      try {
        shown(await api('GET', '/api/v1/home'));
      } catch {
        // The next try tells.
      }
    }
  };
}

// A page that nobody looks at asks for nothing.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    stream?.close();
    stream = null;
  } else if (!stream) {
    listen();
  }
});

listen();
blink();
