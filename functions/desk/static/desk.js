// What every page of the desk needs of a script. Without it all of them work, with times in UTC and without keys.

document.documentElement.classList.add('scripted');

showMoments(document);
// What htmx has put in place comes from the server, and so in UTC.
document.addEventListener('htmx:after:swap', () => showMoments(document));

document.querySelector('[data-focus]')?.focus();

// What was wrong with a field goes quiet once it is changed. It stays in its place until the form is sent: a field is
// changed when it is left, often by the press on the button, which must not move away under that press.
document.addEventListener('change', ({ target }) => {
  const field = target.closest('.faulty') ?? document.getElementById(target.name)?.closest('.faulty');
  if (!field) return;
  const id = field.id || field.querySelector('[aria-invalid]')?.id;
  field.classList.add('changed');
  for (const control of [field, ...field.querySelectorAll('[aria-invalid]')]) control.removeAttribute('aria-invalid');
  for (const link of document.querySelectorAll('.notice.danger li a'))
    if (link.hash === `#${id}`) link.parentElement.classList.add('changed');
});

for (const opener of document.querySelectorAll('[data-opens]')) {
  opener.addEventListener('click', () => document.getElementById(opener.dataset.opens).showModal());
}

// What was just done is told once, and not again when the page is reloaded.
const url = new URL(location.href);
if (url.searchParams.has('said')) {
  url.searchParams.delete('said');
  history.replaceState(history.state, '', url);
}

/** Writes the times of the server in the zone of the viewer; the zone and UTC stand in the tooltip. */
function showMoments(root) {
  for (const time of root.querySelectorAll('time[data-show]')) {
    const at = new Date(time.dateTime);
    time.textContent = wordsOf(at, time.dataset.show);
    time.title = `${format({ dateStyle: 'full', timeStyle: 'long' }).format(at)} (${at.toISOString()})`;
    time.removeAttribute('data-show');
  }
}

function wordsOf(at, show) {
  if (show === 'moment') return format({ dateStyle: 'medium', timeStyle: 'short' }).format(at);
  if (show === 'day') return format({ dateStyle: 'medium' }).format(at);
  const now = new Date();
  if (show === 'short' && at.toDateString() === now.toDateString()) return format({ timeStyle: 'short' }).format(at);
  return format({
    day: 'numeric',
    month: 'short',
    ...(at.getFullYear() !== now.getFullYear() && { year: 'numeric' }),
  }).format(at);
}

/** The pages are in English: the viewer's own English, else the one that puts the day first. */
function format(options) {
  const locale = navigator.languages.find((language) => /^en(-[a-z]{2,4})?$/i.test(language)) ?? 'en-GB';
  return new Intl.DateTimeFormat(locale, options);
}
