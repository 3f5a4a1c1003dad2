// After a device was made: waits for its first call, which shows whether the shop is reached from
// outside. Until then that is not known; whoever does not want to wait closes the dialog.

import { api } from './noren.js';

const dialog = document.getElementById('made');
const proof = document.getElementById('proof');
const says = proof.querySelector('[role="status"]');
const left = proof.querySelector('.proof-left');
const again = proof.querySelector('[data-again]');
const pause = 2000;

let device;
let turn = 0;

function show(state, text) {
  // On a telephone it stands below what is seen at first.
  if (state !== 'waiting' && state !== proof.dataset.state) {
    proof.scrollIntoView({ block: 'nearest' });
  }
  proof.dataset.state = state;
  // What is said again and again to who listens would be heard again and again.
  if (says.textContent !== text) {
    says.textContent = text;
  }
}

async function wait() {
  const mine = ++turn;
  const until = performance.now() + Number(proof.dataset.seconds) * 1000;
  again.hidden = true;
  show('waiting', proof.dataset.waiting);
  while (mine === turn) {
    const rest = Math.ceil((until - performance.now()) / 1000);
    if (rest <= 0) {
      left.textContent = '';
      again.hidden = false;
      if (proof.dataset.state === 'waiting') {
        show('unknown', proof.dataset.unknown);
      }
      return;
    }
    left.textContent = proof.dataset.left.replace('{0}', rest);
    try {
      const seen = await api('GET', '/api/v1/devices/' + encodeURIComponent(device));
      if (mine !== turn) {
        return;
      }
      if (seen.origin === 'outside') {
        left.textContent = '';
        show('good', seen.called);
        return;
      }
      if (seen.origin) {
        show('inside', seen.called);
      }
    } catch {
      // This page's own way to the box may be what is switched off: the next look tells.
    }
    await new Promise((done) => setTimeout(done, pause));
  }
}

document.addEventListener('noren:done', (event) => {
  if (event.target.dataset.result === 'made') {
    device = event.detail.name;
    wait();
  }
});

again.addEventListener('click', wait);
dialog.addEventListener('close', () => {
  turn++;
});
