import { el, find, icon } from './dom.js';

/**
 * Draws the stations one below the other, each with what it uses beside it, and lights up what events touch.
 * A node that several functions use stands beside each of them; only the one in use lights up.
 */
export function drawPath({ nodes, edges }) {
  const lookUp = openLookUp(nodes, edges);
  const onward = edges.filter((edge) => edge.onward);
  const stations = nodes.filter(({ id }) => onward.some(({ from, to }) => from === id || to === id));
  const boxes = new Map();
  find('stations').append(...stations.map((station, index) => drawStation(station, stations[index - 1])));

  return {
    show(event) {
      for (const { place, ok } of touched(event)) light(place, ok);
    },
    clear() {
      for (const box of boxes.values()) settle(box);
    },
  };

  function drawStation(node, previous) {
    const incoming = onward.filter(({ to }) => to === node.id);
    const used = edges.filter(({ from, onward }) => from === node.id && !onward);
    const uses = used.map((edge) =>
      drawUse(
        edge,
        nodes.find(({ id }) => id === edge.to),
      ),
    );
    return el(
      'li',
      {},
      ...incoming.map((edge) => drawArrow(edge, previous)),
      el(
        'div',
        { className: 'station', 'data-kind': node.kind },
        drawBox(node),
        uses.length > 0 ? el('ul', {}, ...uses) : undefined,
      ),
    );
  }

  function drawArrow(edge, previous) {
    const from = nodes.find(({ id }) => id === edge.from);
    const verb = edge.from === previous?.id ? edge.verb : `${from.name} ${edge.verb}`;
    return remember(placeOf(edge), el('div', { className: 'arrow' }, verb));
  }

  function drawBox({ id, kind, service, name }) {
    const labels = [el('span', { className: 'name' }, name), ' ', el('span', { className: 'service' }, service)];
    return remember(
      id,
      el('div', { className: 'box', 'data-kind': kind }, icon(kind), el('p', {}, ...labels), counter()),
    );
  }

  function drawUse(edge, { kind, service, name }) {
    const shown = kind === 'dead-letters' ? 'dead letters' : name;
    const labels = [el('span', { className: 'name' }, shown), el('span', { className: 'verb' }, edge.verb)];
    const title = `${service}, ${edge.verb}`;
    const use = el('li', { className: 'use', 'data-kind': kind, title }, icon(kind), ...labels, counter());
    return remember(placeOf(edge), use);
  }

  function remember(place, element) {
    boxes.set(place, element);
    return element;
  }

  /** What an event touches: nodes by their id, edges by both ends. */
  function touched(event) {
    if (event.kind === 'mail') return passing(event).map((place) => ({ place, ok: true }));
    if (event.kind === 'log') return [{ place: lookUp.caller(event.from), ok: !isError(event.line) }];
    if (event.kind !== 'call') return [];
    const ok = event.allowed && event.status < 500;
    const to = lookUp.resource(event.resource);
    const from = lookUp.caller(event.from, to);
    const places = [from && ok && placeOf({ from, to: from }), edgeBetween(from, to), isStation(to) && to, from];
    return places.filter(Boolean).map((place) => ({ place, ok }));
  }

  function passing({ what }) {
    const [first, second] = stations;
    const sending = stations.find(({ kind }) => kind === 'sending');
    const mailbox = stations.findLast(({ kind }) => kind === 'person');
    if (what === 'accepted') return [first.id, placeOf({ from: first.id, to: second.id }), second.id];
    if (what === 'sent') return [sending.id, placeOf({ from: sending.id, to: mailbox.id }), mailbox.id];
    return [];
  }

  /** A queue is polled by the function behind it, and a topic is told by SES: then the drawn edge is another one. */
  function edgeBetween(from, to) {
    const drawn =
      edges.find((edge) => edge.from === from && edge.to === to) ??
      edges.find((edge) => edge.from === to && edge.to === from) ??
      onward.find((edge) => edge.to === to);
    return drawn && placeOf(drawn);
  }

  function isStation(id) {
    return stations.some((station) => station.id === id);
  }

  function light(place, ok) {
    const box = boxes.get(place);
    if (!box) return;
    const count = Number(box.dataset.count ?? 0) + 1;
    box.dataset.count = count;
    box.dataset.state = ok && box.dataset.state !== 'failed' ? 'passed' : 'failed';
    const shown = box.querySelector('.count');
    shown?.replaceChildren(icon(ok ? 'check' : 'cross', ok ? 'passed' : 'failed'), count > 1 ? ` ${count}` : '');
    pulse(box);
  }
}

const placeOf = ({ from, to }) => `${from} → ${to}`;

const isError = (line) => line?.level === 'ERROR';

const counter = () => el('span', { className: 'count' }, '');

function openLookUp(nodes, edges) {
  const byArn = nodes.flatMap(({ id, arns }) => arns.map((arn) => ({ arn, id })));
  const named = (resource) => nodes.find(({ kind, caller }) => kind === 'function' && caller === resource)?.id;
  return {
    /** SES receives and sends, and there are several topics: of those who call so, the one that leads there. */
    caller(from, to) {
      const callers = nodes.filter(({ caller }) => caller === from);
      const leading = callers.find(({ id }) => edges.some((edge) => edge.from === id && edge.to === to));
      return (leading ?? callers[0])?.id;
    },
    resource: (resource) =>
      byArn.find(({ arn }) => resource === arn || resource.startsWith(`${arn}/`))?.id ?? named(resource),
  };
}

function settle(box) {
  delete box.dataset.state;
  delete box.dataset.count;
  const shown = box.querySelector('.count');
  if (shown) shown.textContent = '';
}

/** Starts the animation anew although it may be running. */
function pulse(box) {
  box.classList.remove('pulse');
  void box.offsetWidth;
  box.classList.add('pulse');
}
