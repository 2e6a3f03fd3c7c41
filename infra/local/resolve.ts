import type { Resource } from './supported.ts';

/** What Ref and Fn::GetAtt of one resource give. */
export interface Identity {
  ref: string;
  /** Empty for types that policies never name. */
  arn: string;
  attributes: Record<string, string>;
}

// biome-ignore lint/suspicious/noExplicitAny: template values have any shape; supported.ts checks them by name.
type Value = any;

export type Resolve = (value: unknown) => Value;

export interface Resolver {
  resolve: Resolve;
  identity(logicalId: string): Identity;
}

/**
 * Replaces Ref, Fn::GetAtt, Fn::Join and Fn::Sub, the intrinsic functions that the template uses, by their values.
 * Any other one stops the start with its name.
 */
export function openResolver(
  resources: Record<string, Resource>,
  pseudo: Record<string, string>,
  identify: (logicalId: string, resource: Resource, resolve: Resolve) => Identity,
): Resolver {
  const identities = new Map<string, Identity>();

  const functions: Record<string, (argument: Value) => unknown> = {
    Ref: (name: string) => pseudo[name] ?? identity(name).ref,
    'Fn::GetAtt': ([name, attribute]: [string, string]) => attributeOf(name, attribute),
    'Fn::Join': ([separator, parts]: [string, unknown[]]) => parts.map(resolve).join(separator),
    'Fn::Sub': (text: string) => text.replace(/\$\{([^}!]+)\}/g, (_, name) => substitute(name)),
  };

  function resolve(value: unknown): Value {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const [name = '', ...more] = Object.keys(value);
    if (!more.length && functions[name]) return functions[name]((value as Record<string, unknown>)[name]);
    if (name.startsWith('Fn::')) {
      throw new Error(
        `The local stack does not know the intrinsic function ${name}: teach it to infra/local/resolve.ts.`,
      );
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item)]));
  }

  function substitute(name: string): string {
    const [resource = '', ...attribute] = name.split('.');
    return attribute.length ? attributeOf(resource, attribute.join('.')) : (pseudo[name] ?? identity(name).ref);
  }

  function attributeOf(name: string, attribute: string): string {
    const value = identity(name).attributes[attribute];
    if (value !== undefined) return value;
    const { Type } = resources[name]!;
    throw new Error(
      `The local stack does not know the attribute ${attribute} of ${Type}: add it to infra/local/names.ts.`,
    );
  }

  function identity(logicalId: string): Identity {
    const known = identities.get(logicalId);
    if (known) return known;
    const resource = resources[logicalId];
    if (!resource)
      throw new Error(`The template refers to "${logicalId}", which it does not define: synthesize it again.`);
    const made = identify(logicalId, resource, resolve);
    identities.set(logicalId, made);
    return made;
  }

  return { resolve, identity };
}
