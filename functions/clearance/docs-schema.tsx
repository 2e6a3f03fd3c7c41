import { Words } from './docs-words.tsx';
import type { Resolve, Schema } from './read-document.ts';

/** One property: its name, what it may hold, and what is inside it. */
export function SchemaView(props: { name: string; schema: object; required: boolean; resolve: Resolve }) {
  const schema = props.resolve(props.schema);
  const inner = props.resolve(schema.items ?? schema);
  const { description = inner.description } = schema;
  const properties = Object.entries(inner.properties ?? {});
  return (
    <>
      <dt>
        <code>{props.name}</code>{' '}
        <span class="kind">
          {kindOf(schema, inner)}
          {props.required ? '' : ', optional'}
        </span>
      </dt>
      <dd>
        {description && <Words>{description}</Words>}
        {properties.length > 0 && (
          <dl>
            {properties.map(([name, one]) => (
              <SchemaView
                name={name}
                schema={one}
                required={(inner.required ?? []).includes(name)}
                resolve={props.resolve}
              />
            ))}
          </dl>
        )}
      </dd>
    </>
  );
}

function kindOf(schema: Schema, inner: Schema): string {
  const kind = inner.enum ? inner.enum.map((value) => `"${value}"`).join(' or ') : (inner.format ?? inner.type ?? '');
  if (schema.type !== 'array') return kind;
  const { minItems = 0, maxItems } = schema;
  return `list of ${maxItems === undefined ? '' : `${minItems} to ${maxItems.toLocaleString('en')} `}${kind}`;
}
