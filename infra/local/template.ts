import { readFileSync } from 'node:fs';
import type { Find, Found } from './found.ts';
import { type Addresses, accountId, identify, localName, owner, pseudoParameters, region } from './names.ts';
import type { Plan } from './plan.ts';
import { resourcePolicies } from './policies.ts';
import { openResolver, type Resolver } from './resolve.ts';
import * as parts from './resources.ts';
import { schedules } from './schedules.ts';
import { checkSupported, type Resource } from './supported.ts';

export interface Template {
  Resources: Record<string, Resource>;
  Outputs?: Record<string, { Value: unknown }>;
}

/** Reads a synthesized template. Throws a sentence when the file is not one. */
export function readTemplate(file: string): Template {
  try {
    const template = JSON.parse(readFileSync(file, 'utf8'));
    if (template.Resources) return template;
  } catch {}
  throw new Error(`${file} is not a CloudFormation template in JSON: synthesize it again.`);
}

/**
 * CloudFormation → plan: every type and property is checked against the table, every reference is resolved.
 * Throws a sentence with the name of what the local stack does not know.
 */
export function planTemplate(template: Template, assetsDir: string, addresses: Addresses): Plan {
  checkSections(template);
  for (const [logicalId, resource] of Object.entries(template.Resources)) checkSupported(logicalId, resource);
  const resolver = openResolver(template.Resources, pseudoParameters, (logicalId, resource, resolve) =>
    identify(logicalId, resource, resolve, addresses),
  );
  const all = Object.entries(template.Resources).map(([id, resource]) => find(id, resource, resolver));
  const found: Find = (type) => all.filter((resource) => resource.type === type);
  const outputs = Object.entries(template.Outputs ?? {}).map(([name, { Value }]) => [name, resolver.resolve(Value)]);
  return {
    region,
    accountId,
    functions: parts.functions(found, assetsDir),
    eventSources: parts.eventSources(found),
    schedules: schedules(found),
    tables: parts.tables(found),
    queues: parts.queues(found),
    topics: parts.topics(found),
    buckets: parts.buckets(found),
    secrets: parts.secrets(found),
    receipt: parts.receipt(found),
    identities: found('AWS::SES::EmailIdentity').map(({ logicalId, ref, arn }) => ({ logicalId, domain: ref, arn })),
    configurationSets: parts.configurationSets(found),
    httpApi: parts.httpApi(found),
    signIn: parts.signIn(found),
    customResources: parts.customResources(all),
    resourcePolicies: resourcePolicies(found),
    constructFiles: Object.fromEntries(all.filter((r) => r.arn).map((r) => [r.arn, r.constructFile])),
    outputs: Object.fromEntries(outputs),
  };
}

function checkSections(template: Template): void {
  const strange = Object.keys(template).find((name) => !['Description', 'Resources', 'Outputs'].includes(name));
  if (strange) throw new Error(`The local stack does not know the template section ${strange}: do without it.`);
}

function find(logicalId: string, resource: Resource, { resolve, identity }: Resolver): Found {
  const { ref, arn, attributes } = identity(logicalId);
  return {
    logicalId,
    type: resource.Type,
    name: localName(logicalId, resource),
    ref,
    arn,
    attributes,
    path: String(resource.Metadata?.['aws:cdk:path'] ?? logicalId).replace(/\/(Resource|Default)$/, ''),
    constructFile: `infra/constructs/${owner(logicalId, resource)}.ts`,
    properties: resolve(resource.Properties ?? {}),
  };
}
