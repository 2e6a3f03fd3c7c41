import type { Item } from './changes.ts';
import { Refusal } from './page-requests.ts';
import type { Plan } from './plan.ts';

export interface Flags {
  /** Names of the key's attributes. */
  keys: string[];
  /** In DynamoDB's own JSON, in no order. */
  items: Item[];
  /** There are more than these. */
  more: boolean;
}

const most = 50;

export interface FlagParts {
  plan: Plan;
  addresses: { aws: string };
  credentials: { accessKeyId: string };
}

/** Reads the first rows of the table of flags, as the operator and through the gateway, like any other client. */
export function openFlags({ plan, addresses, credentials }: FlagParts): () => Promise<Flags> {
  const { OptOutsTable: TableName } = plan.outputs;
  const table = plan.tables.find(({ name }) => name === TableName);
  const keys = table?.keySchema.map(({ AttributeName }) => AttributeName) ?? [];
  return async () => {
    const response = await fetch(addresses.aws, {
      method: 'POST',
      headers: {
        // The gateway reads who calls, and which service, out of the scope; it verifies no signature.
        authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260101/${plan.region}/dynamodb/aws4_request`,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.Scan',
      },
      body: JSON.stringify({ TableName, Limit: most }),
    });
    const result = (await response.json()) as { Items?: Item[]; LastEvaluatedKey?: Item; message?: string };
    if (!result.Items) throw new Refusal(502, `The table ${TableName} could not be read: ${result.message}`);
    return { keys, items: result.Items, more: result.LastEvaluatedKey !== undefined };
  };
}
