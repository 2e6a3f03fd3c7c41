/** A resource of the template with its references resolved. */
export interface Found {
  logicalId: string;
  type: string;
  name: string;
  ref: string;
  /** Empty for types that policies never name. */
  arn: string;
  /** What Fn::GetAtt gives. */
  attributes: Record<string, string>;
  /** Construct path, by which `because` names a policy. */
  path: string;
  constructFile: string;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation properties, checked by name against supported.ts.
  properties: Record<string, any>;
}

/** The resources of a type, in the order of the template. */
export type Find = (type: string) => Found[];

/** A function is named by its name or by its ARN. */
export function nameIn(nameOrArn: string): string {
  return nameOrArn.split(':').at(-1)!;
}
