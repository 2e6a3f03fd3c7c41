import { html, raw } from 'hono/html';
import { type Cover, fileColumns, fileRow } from './cover.ts';
import type { Table } from './tables.ts';

/** The cover as a page that opens anywhere, for good: one file, no script, nothing from elsewhere, made for printing. */
export const coverPage = (cover: Cover): string => html`<!doctype html>${<Page {...cover} />}\n`.toString();

function Page({ title, made, warnings, facts, tables, files }: Cover) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style>{raw(style)}</style>
      </head>
      <body>
        <h1>{title}</h1>
        <p>{made}</p>
        {warnings.map((warning) => (
          <p class="warning">
            <strong>Warning.</strong> {warning}
          </p>
        ))}
        <dl>
          {facts.map(([name, words]) => (
            <div>
              <dt>{name}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
        {tables.map((table) => (
          <Section {...table} />
        ))}
        <Files files={files} />
      </body>
    </html>
  );
}

function Section({ title, empty, columns, rows }: Table) {
  return (
    <section>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p>{empty}</p>
      ) : (
        <table>
          <Head columns={columns} />
          <tbody>
            {rows.map((row) => (
              <tr>
                {row.map((words, column) => (
                  <td data-column={columns[column]}>{words}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** What nobody should open has no link. */
function Files({ files }: Pick<Cover, 'files'>) {
  return (
    <section>
      <h2>Files</h2>
      <table class="files">
        <Head columns={fileColumns} />
        <tbody>
          {files.map((file) => {
            const [path, ...rest] = fileRow(file);
            return (
              <tr>
                <td data-column="File">{file.dangerous ? path : <a href={path}>{path}</a>}</td>
                {rest.map((words, column) => (
                  <td data-column={fileColumns[column + 1]}>{words}</td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

const Head = ({ columns }: { columns: string[] }) => (
  <thead>
    <tr>
      {columns.map((column) => (
        <th scope="col">{column}</th>
      ))}
    </tr>
  </thead>
);

const style = `
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; break-after: avoid; }
.warning { border: 2px solid; padding: .6rem .8rem; }
dl div { display: grid; grid-template-columns: 10rem 1fr; gap: 1rem; padding: .25rem 0; border-top: 1px solid #8884; }
dt { font-weight: 600; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .3rem .8rem .3rem 0; border-top: 1px solid #8884; }
th { font-weight: 600; overflow-wrap: normal; } td { min-width: 5rem; } tr { break-inside: avoid; }
.files td:last-child { font: .8rem/1.4 ui-monospace, monospace; min-width: 15rem; }
@media (max-width: 50rem) {
  thead { display: none; } dl div { grid-template-columns: 1fr; gap: 0; }
  tr { display: block; padding: .4rem 0; border-top: 1px solid #8884; }
  td { display: block; padding: 0; border: 0; } td:empty { display: none; }
  td::before { content: attr(data-column) ": "; font: 600 .9rem system-ui, sans-serif; }
}
@media print { :root { font-size: 10px; } body { max-width: none; margin: 0; } a { color: inherit; } }
`;
