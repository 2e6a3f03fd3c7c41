import type { Document } from './document.ts';

/** As much of a JSON Schema as the document uses. */
export interface Schema {
  $ref?: string;
  allOf?: Schema[];
  type?: string;
  format?: string;
  description?: string;
  enum?: string[];
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  example?: unknown;
}

export interface Operation {
  id: string;
  method: string;
  path: string;
  summary: string;
  description?: string;
  parameters: { name: string; required: boolean; schema: Schema }[];
  body?: Schema;
  answer?: Schema;
  /** `404 There is nothing at this address` … */
  problems: string[];
}

export type Resolve = (schema: Schema | object) => Schema;

/** Follows a reference to where the schema is; what stands beside the reference counts. */
export const resolver =
  ({ components }: Document): Resolve =>
  (schema: Schema) => {
    const parts = schema.$ref ? [{ $ref: schema.$ref }] : (schema.allOf ?? []);
    const found = parts.map(
      (part) => (part.$ref ? (components?.schemas?.[part.$ref.split('/').at(-1)!] ?? {}) : part) as Schema,
    );
    return Object.assign({}, ...found, schema);
  };

/** The operations in the order of the document. */
export function operationsIn({ paths = {} }: Document): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Written>).map(([method, written]) => operation(method, path, written)),
  );
}

interface Written {
  operationId: string;
  summary: string;
  description?: string;
  parameters?: { name: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
}

type Content = Record<string, { schema: Schema }>;

function operation(method: string, path: string, written: Written): Operation {
  const { operationId: id, summary, description, parameters = [], requestBody, responses } = written;
  const schemaOf = (content?: Content) => content?.['application/json']?.schema;
  return {
    ...{ id, method: method.toUpperCase(), path, summary, description },
    parameters: parameters.map(({ name, required = false, schema }) => ({ name, required, schema })),
    body: schemaOf(requestBody?.content),
    answer: schemaOf(responses['200']?.content),
    problems: Object.entries(responses)
      .filter(([status]) => status !== '200')
      .map(([status, { description: words }]) => `${status} ${words}`),
  };
}
