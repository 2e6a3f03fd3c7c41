/** Milliseconds between two events on the screen: fast enough to be live, slow enough to be followed. */
const pace = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 70;
/** However much has passed, the page shows it within this time. */
const longest = 3_000;

/**
 * Hears what passes through the stack and hands it on one by one, at a pace that eyes can follow.
 * `onState` hears `open` and `lost`; the browser itself tries again after a loss.
 */
export function openFeed({ onEvent, onState }) {
  const waiting = [];
  let running = false;
  const next = () => {
    const pause = Math.min(pace, longest / (waiting.length + 1));
    // A hidden tab runs timers once a second at most: then all that waits is shown at once.
    for (let count = document.hidden || pause < 4 ? waiting.length : 1; count > 0; count -= 1) onEvent(waiting.shift());
    running = waiting.length > 0;
    if (running) setTimeout(next, pause);
  };
  const source = new EventSource('events');
  source.addEventListener('message', ({ data }) => {
    waiting.push(...JSON.parse(data));
    if (running) return;
    running = true;
    setTimeout(next, 0);
  });
  source.addEventListener('open', () => onState('open'));
  source.addEventListener('error', () => onState('lost'));
}
