import type { DemoPerson } from './sign-in-people.ts';

/** The page that asks who signs in. It stands where Cognito's page with name, password and code stands on AWS. */
export function choicePage(people: DemoPerson[]): string {
  return page(
    'Who signs in?',
    `<p>This is the sign-in of the stack on this machine, and these people exist here alone. On AWS, staff sign in with
      a password and a code.</p>
    <form method="post">
      ${people.map(choice).join('\n      ')}
      <button name="cancel" value="yes" class="quiet">Cancel</button>
    </form>`,
  );
}

export function messagePage(title: string, sentence: string): string {
  return page(title, `<p>${escapeHtml(sentence)}</p>\n    <p><a href="/desk">To the desk</a></p>`);
}

function choice({ id, name, groups }: DemoPerson): string {
  const role = groups.join(', ') || 'no role';
  return `<button name="person" value="${escapeHtml(id)}"><b>${escapeHtml(name)}</b> ${escapeHtml(role)}</button>`;
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} – In Writing on this machine</title>
    <link rel="icon" href="/_local/icon.svg">
    <link rel="stylesheet" href="/_local/sign-in.css">
  </head>
  <body>
    <main>
    <h1>${title}</h1>
    ${content}
    </main>
  </body>
</html>
`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character]!);
