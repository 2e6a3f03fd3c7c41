import { html, raw } from 'hono/html';
import { SchemaView } from './docs-schema.tsx';
import { style } from './docs-style.ts';
import { Words } from './docs-words.tsx';
import type { Document } from './document.ts';
import { problems } from './problem.ts';
import { type Operation, operationsIn, type Resolve, resolver } from './read-document.ts';

/** The OpenAPI document as a page: nothing stands in it that is not in the document. */
export function docsPage(document: Document) {
  const { title, description } = document.info;
  const resolve = resolver(document);
  return html`<!doctype html>${(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} – In Writing`}</title>
        <style>{raw(style)}</style>
      </head>
      <body>
        <main>
          <h1>{title}</h1>
          <p>
            <Words>{description}</Words>
          </p>
          <p>
            <a href="/clearance/openapi.json">This page for programs (OpenAPI 3.1)</a>
          </p>
          <Token document={document} />
          {operationsIn(document).map((operation) => (
            <OperationView operation={operation} resolve={resolve} />
          ))}
          <Problems />
        </main>
      </body>
    </html>
  )}`;
}

function Token({ document }: { document: Document }) {
  const { machine } = document.components!.securitySchemes as never as {
    machine: {
      description: string;
      flows: { clientCredentials: { tokenUrl: string; scopes: Record<string, string> } };
    };
  };
  const { tokenUrl, scopes } = machine.flows.clientCredentials;
  const server = document.servers![0]!.url;
  return (
    <>
      <h2 id="token">Get a token</h2>
      <p>{machine.description}</p>
      <Code label="How to get a token and use it">
        {`TOKEN=$(curl -s -u "$CLIENT_ID:$CLIENT_SECRET" -d grant_type=client_credentials \\
  -d scope=${Object.keys(scopes).join('+')} ${tokenUrl} | jq -r .access_token)
curl -H "Authorization: Bearer $TOKEN" ${server}/clearance/member/1001`}
      </Code>
    </>
  );
}

function OperationView({ operation, resolve }: { operation: Operation; resolve: Resolve }) {
  const { id, method, path, summary, description, parameters, body, answer, problems: statuses } = operation;
  return (
    <>
      <h2 id={id}>{summary}</h2>
      <p>
        <code>
          {method} {path}
        </code>
      </p>
      {description && (
        <p>
          <Words>{description}</Words>
        </p>
      )}
      {parameters.length > 0 && (
        <>
          <h3>{`Parameters of ${method} ${path}`}</h3>
          <dl>
            {parameters.map(({ name, required, schema }) => (
              <SchemaView name={name} schema={schema} required={required} resolve={resolve} />
            ))}
          </dl>
        </>
      )}
      {body && <Content title={`Body of ${method} ${path}`} schema={body} resolve={resolve} />}
      {answer && <Content title={`Answer to ${method} ${path}`} schema={answer} resolve={resolve} />}
      <p>Problems: {statuses.join(', ')}</p>
    </>
  );
}

function Content({ title, schema, resolve }: { title: string; schema: object; resolve: Resolve }) {
  const { example, properties } = resolve(schema);
  const required = resolve(schema).required ?? [];
  return (
    <>
      <h3>{title}</h3>
      {example !== undefined && <Code label={`Example: ${title}`}>{JSON.stringify(example, null, 2)}</Code>}
      <dl>
        {Object.entries(properties ?? {}).map(([name, one]) => (
          <SchemaView name={name} schema={one} required={required.includes(name)} resolve={resolve} />
        ))}
      </dl>
    </>
  );
}

/** Wide code scrolls, so it has to be reachable by keyboard. */
const Code = ({ label, children }: { label: string; children: string }) => (
  <section aria-label={label}>
    <pre tabindex={0}>
      <code>{children}</code>
    </pre>
  </section>
);

function Problems() {
  return (
    <>
      <h2 id="problems">Problems</h2>
      <p>
        Each is an object of <code>application/problem+json</code> (RFC 9457) whose <code>detail</code> says what to do.
        Nothing is half done: where there is a problem, nothing was checked.
      </p>
      <dl>
        {Object.entries(problems).map(([name, { status, title }]) => (
          <>
            <dt id={`problem-${name}`}>
              {status} <code>{name}</code>
            </dt>
            <dd>{title}.</dd>
          </>
        ))}
      </dl>
    </>
  );
}
