import { ask, el, find } from './dom.js';

/** A button for each schedule: its function runs at once, as EventBridge Scheduler runs it when it is due. */
export function openSchedules({ schedules }) {
  find('schedules-details').hidden = schedules.length === 0;
  find('schedules').append(...schedules.map(drawButton));
}

function drawButton({ name, functionName, every }) {
  const button = el('button', { type: 'button', title: `It runs ${often(every)} by itself` }, `Run ${functionName}`);
  button.addEventListener('click', async () => {
    if (button.getAttribute('aria-disabled') === 'true') return;
    button.setAttribute('aria-disabled', 'true');
    say('', '');
    await ask(`schedules/${encodeURIComponent(name)}`, { method: 'POST' }).then(
      () => say(`${functionName} ran. What it did is in the list of calls.`, ''),
      (failure) => say('', failure.message),
    );
    button.removeAttribute('aria-disabled');
  });
  return button;
}

function say(done, error) {
  find('schedules-done').textContent = done;
  find('schedules-error').textContent = error;
}

const often = (seconds) => (seconds === 3_600 ? 'every hour' : `every ${Math.round(seconds / 60)} minutes`);
