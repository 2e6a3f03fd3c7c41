import { FactList, printedPage } from '../printed-page.tsx';
import { columnWords } from './rows.ts';
import type { Summary } from './summary.ts';

/** The summary as a page to print. */
export const summaryPage = (summary: Summary): string => printedPage({ ...summary, style }, <Content {...summary} />);

function Content({ facts, told, outcomes, verdict, isWhole, history, files }: Summary) {
  return (
    <>
      <FactList facts={facts} />
      <p class={isWhole ? 'verdict' : 'verdict open'}>{verdict}</p>
      <div class="two">
        <Sums title="How members were told" rows={told} />
        <Sums title="What became of the mails" rows={outcomes} />
      </div>
      <Rows title="History" columns={['When', 'Who', 'What']} rows={history} />
      <Rows
        title="Files"
        columns={['File', 'What it is', 'SHA-256']}
        rows={files.map(({ path, what, sha256 }) => [path, what, sha256])}
        className="files"
      />
      <Rows title="Columns of deliveries.csv" columns={['Column', 'What it holds']} rows={columnWords} />
    </>
  );
}

const Sums = ({ title, rows }: { title: string; rows: [string, string, string][] }) => (
  <section>
    <h2>{title}</h2>
    <table class="sums">
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Members</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([words, many, share]) => (
          <tr>
            <th scope="row">{words}</th>
            <td>{many}</td>
            <td>{share}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

interface RowsProps {
  title: string;
  columns: string[];
  rows: string[][];
  className?: string;
}

const Rows = ({ title, columns, rows, className }: RowsProps) => (
  <section>
    <h2>{title}</h2>
    <table class={className}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col">{column}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {row.map((words) => (
              <td>{words}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const style = `
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; break-after: avoid; }
dl { margin: 1rem 0; } dl div { display: grid; grid-template-columns: 9rem 1fr; gap: 1rem; padding: .2rem 0; border-top: 1px solid #8884; }
dt { font-weight: 600; } dd { margin: 0; }
.verdict { border: 2px solid #17663a; padding: .6rem .8rem; font-weight: 600; } .verdict.open { border-color: #a6211a; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 0 2.5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .25rem .8rem .25rem 0; border-top: 1px solid #8884; font-weight: 400; }
thead th { font-weight: 600; border: 0; overflow-wrap: normal; } tr { break-inside: avoid; }
.sums td, .sums thead th + th { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; padding-right: 0; padding-left: .8rem; }
.sums tbody tr:last-child > * { border-top: 2px solid; font-weight: 600; }
.files td:last-child { font: .75rem/1.5 ui-monospace, monospace; min-width: 14rem; }
@media print { :root { font-size: 8.5px; } body { max-width: none; margin: 0; padding: 0; } .two { grid-template-columns: 1fr 1fr; gap: 0 1.5rem; } }
`;
