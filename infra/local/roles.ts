import type { Gateway } from './gateway.ts';
import type { Authorize, Principal } from './iam.ts';
import type { FunctionPlan, Statement } from './plan.ts';

/** A service takes a role, if the role trusts it, and is then allowed what the role is. Rejects when it is not trusted. */
export async function takeRole(
  gateway: Pick<Gateway, 'perform'>,
  service: string,
  { roleArn, statements, constructFile }: { roleArn: string; statements: Statement[]; constructFile: string },
  context: Record<string, string>,
): Promise<Principal> {
  const need = { action: 'sts:AssumeRole', resource: roleArn, context };
  await gateway.perform({ caller: service, service, statements: [] }, 'sts', need, () => undefined);
  return { caller: service, roleArn, statements, constructFile };
}

/** Lambda refuses to make a function whose role does not trust it. Throws a sentence for the first of that kind. */
export function checkTrust(functions: FunctionPlan[], authorize: Authorize): void {
  const service = 'lambda.amazonaws.com';
  const principal: Principal = { caller: service, service, statements: [] };
  const isTrusting = ({ roleArn }: FunctionPlan) =>
    authorize({ principal, action: 'sts:AssumeRole', resource: roleArn }).allowed;
  const wrong = functions.find((candidate) => !isTrusting(candidate));
  if (!wrong) return;
  throw new Error(
    `The role of ${wrong.name} cannot be assumed by Lambda: let ${service} assume it in ${wrong.constructFile}.`,
  );
}
