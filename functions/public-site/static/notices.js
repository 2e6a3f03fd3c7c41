// Shows the notices that the community's members have to know of, on any site:
//   <script src="https://…/notices.js" defer></script>
// It needs no style-src and no inline anything; connect-src and script-src must allow the origin that it comes from.
(() => {
  const source = document.currentScript?.src;
  if (!source || window.inWritingNotices) return;
  window.inWritingNotices = true;

  const words = {
    en: ['Notice', 'Read the notice', 'Dismiss'],
    de: ['Mitteilung', 'Mitteilung lesen', 'Ausblenden'],
    fr: ['Avis', 'Lire l’avis', 'Masquer'],
    es: ['Aviso', 'Leer el aviso', 'Ocultar'],
  };

  const css = `
:host { all: initial !important; position: fixed !important; inset: auto 0 0 !important; z-index: 2147483647 !important;
  pointer-events: none !important; }
section { --back: #fff; --ink: #1b1b1f; --line: #c4c4cc; box-sizing: border-box; max-width: 46rem; max-height: 60vh;
  overflow: auto; margin: 0 auto; padding: 0 1.25rem; padding-bottom: env(safe-area-inset-bottom);
  border: 1px solid var(--line); border-width: 1px 0 0; background: var(--back); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; box-shadow: 0 0 2rem #0004; pointer-events: auto; }
article { padding: 1rem 0; }
article + article { border-top: 1px solid var(--line); }
h2 { margin: 0; font-size: 1.125rem; line-height: 1.3; }
p { margin: .375rem 0 .75rem; }
div { display: flex; flex-wrap: wrap; gap: .625rem; }
a, button { box-sizing: border-box; min-height: 44px; margin: 0; padding: .5625rem 1rem; border: 1px solid var(--ink);
  border-radius: .5rem; background: none; color: inherit; font: inherit; font-weight: 600; text-decoration: none;
  cursor: pointer; }
a { background: var(--ink); color: var(--back); }
a:hover, button:hover { text-decoration: underline; }
a:focus-visible, button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
@media (min-width: 48rem) { section { margin-bottom: 1rem; border-width: 1px; border-radius: .75rem; } }
@media (prefers-color-scheme: dark) { section { --back: #1e1e22; --ink: #f2f2f5; --line: #55555e; } }
@media (prefers-reduced-motion: no-preference) { section { animation: rise .25s ease-out; } }
@keyframes rise { from { opacity: 0; transform: translateY(1rem); } }
@media print { :host { display: none !important; } }`;

  const key = (id) => `in-writing-notice-${id}`;

  // Storage may be blocked, or full: then a notice that was dismissed comes again with the next page.
  const isDismissed = (id) => {
    try {
      return localStorage.getItem(key(id)) !== null;
    } catch {
      return false;
    }
  };
  const remember = (id) => {
    try {
      localStorage.setItem(key(id), '1');
    } catch {}
  };

  const base = (language) => language.toLowerCase().split('-')[0];

  const languageOf = ({ texts, fallback }) => {
    const written = Object.keys(texts);
    for (const asked of navigator.languages) {
      const same = written.find((one) => one.toLowerCase() === asked.toLowerCase());
      const near = same ?? written.find((one) => base(one) === base(asked));
      if (near) return near;
    }
    return fallback;
  };

  const add = (parent, name, text = '', properties = {}) => {
    const element = Object.assign(document.createElement(name), properties);
    element.textContent = text;
    return parent.appendChild(element);
  };

  const draw = (section, notice) => {
    const language = languageOf(notice);
    const { title, summary, url } = notice.texts[language];
    const ours = Object.hasOwn(words, base(language)) ? base(language) : 'en';
    const [label, read, dismiss] = words[ours];
    if (!section.lang) Object.assign(section, { lang: ours }).setAttribute('aria-label', label);
    const article = add(section, 'article', '', { lang: language, dir: 'auto' });
    const heading = add(article, 'h2', title, { id: notice.id });
    add(article, 'p', summary);
    const actions = add(article, 'div', '', { lang: ours });
    add(actions, 'a', read, { href: url }).setAttribute('aria-describedby', heading.id);
    const button = add(actions, 'button', dismiss, { type: 'button' });
    button.setAttribute('aria-describedby', heading.id);
    button.addEventListener('click', () => {
      remember(notice.id);
      article.remove();
      const next = section.querySelector('button');
      if (next) next.focus();
      else section.getRootNode().host.remove();
    });
  };

  const show = async () => {
    const response = await fetch(new URL('notices/current.json', source), { credentials: 'omit' });
    if (!response.ok) return;
    const { notices } = await response.json();
    const open = notices.filter(({ id }) => !isDismissed(id));
    if (open.length === 0) return;
    const host = document.createElement('in-writing-notices');
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    const section = add(root, 'section');
    for (const notice of open) draw(section, notice);
    // Before the body: first for a keyboard and a screen reader, and no first or last child of it becomes another.
    document.documentElement.insertBefore(host, document.body);
  };

  // A site must not notice when we are down.
  show().catch(() => {});
})();
