// The home page: lamps that blink as those of the box do, and numbers that are never old.

import { api, at, pending } from './noren.js';

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

function write(element, text) {
  if (element && element.textContent !== text) {
    element.textContent = text;
  }
}

function shape(home) {
  return [home.way.length, home.problems.length, home.tunnels.map((each) => each.name + each.ends.length)].join();
}

let known;

function shown(home) {
  // What comes or goes is drawn by the box itself.
  known ??= shape(home);
  if (known !== shape(home)) {
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
      write(row.querySelector('small'), `${end.endpoint} ↓ ${end.received} ↑ ${end.sent} (${end.rate})`);
    });
  }
  pending(home.pending);
  draw(home);
}

const seconds = 300;
const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: 'medium', hourCycle: 'h23' });
const clock = (tick) => time.format(new Date(tick * 1000));
const data = [[], [], []];
let graph;

function draw(home) {
  data[0].push(Date.now() / 1000);
  data[1].push((home.receivedPerSecond * 8) / 1e6);
  data[2].push((home.sentPerSecond * 8) / 1e6);
  while (data[0].length > seconds) {
    data.forEach((column) => column.shift());
  }
  const place = document.getElementById('graph');
  if (!graph && globalThis.uPlot) {
    graph = new uPlot(
      {
        width: place.clientWidth,
        height: 160,
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { range: () => [Date.now() / 1000 - seconds, Date.now() / 1000] }, y: { range: (u, min, max) => [0, Math.max(max, 0.1)] } },
        axes: [{ values: (u, ticks) => ticks.map(clock) }, { size: 64, values: (u, ticks) => ticks.map((tick) => `${tick} M`) }],
        series: [
          {},
          { label: place.dataset.received, stroke: '#26325f', width: 2, fill: '#26325f22', points: { show: false } },
          { label: place.dataset.sent, stroke: '#b46a00', width: 2, dash: [6, 4], points: { show: false } },
        ],
      },
      data,
      place,
    );
    addEventListener('resize', () => graph.setSize({ width: place.clientWidth, height: 160 }));
  }
  graph?.setData(data);
}

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
