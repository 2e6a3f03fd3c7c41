import { FactList, printedPage } from '../printed-page.tsx';
import { type Cover, fileColumns, fileRow } from './cover.ts';
import type { Table } from './tables.ts';

/** The cover as a page to print. */
export const coverPage = (cover: Cover): string => printedPage({ ...cover, style }, <Content {...cover} />);

function Content({ warnings, facts, tables, files }: Cover) {
  return (
    <>
      {warnings.map((warning) => (
        <p class="warning">
          <strong>Warning.</strong> {warning}
        </p>
      ))}
      <FactList facts={facts} />
      {tables.map((table) => (
        <Section {...table} />
      ))}
      <Files files={files} />
    </>
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
