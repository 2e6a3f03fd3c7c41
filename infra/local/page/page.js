import { openCalls } from './calls.js';
import { openCompose } from './compose.js';
import { ask, find } from './dom.js';
import { openFeed } from './feed.js';
import { openFlags } from './flags.js';
import { openMailbox } from './mailbox.js';
import { drawPath } from './path.js';
import { openSchedules } from './schedules.js';
import { openStory } from './story.js';

const setup = await ask('setup').catch((error) => showConnection('lost', error.message));
if (setup) start();

function start() {
  const path = drawPath(setup.picture);
  const story = openStory({ setup, onStart: startOver });
  const calls = openCalls(setup.picture);
  const flags = openFlags();
  const mailbox = openMailbox();
  openCompose({ setup, onSending: story.begin });
  openSchedules(setup);
  openFeed({
    onEvent(event) {
      story.show(event);
      path.show(event);
      calls.show(event);
      if (event.kind === 'change' && event.table === setup.flagsTable) flags.change(event);
      if (event.kind === 'mail' && event.what === 'sent') mailbox.refresh({ arrived: event.id });
    },
    onState(state) {
      showConnection(state);
      // At the start, and after a loss: what passed meanwhile is not told again.
      if (state !== 'open') return;
      flags.refresh();
      mailbox.refresh();
    },
  });

  function startOver() {
    path.clear();
    calls.clear();
    flags.settle();
  }
}

function showConnection(state, sentence) {
  const sentences = {
    open: 'Live: the local stack is running',
    lost: 'The local stack does not answer. Start it with: npm start',
  };
  const line = find('connection');
  line.dataset.state = state;
  line.textContent = sentence ?? sentences[state];
}
