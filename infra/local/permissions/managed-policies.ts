/** The policies of AWS's own that roles of the template may name, as the managed policy reference has them. One that is not written down here stops the start. */
import { readDocument, type Statement } from './policy-document.ts';

const DOCUMENTS: Readonly<Record<string, unknown>> = {
  'service-role/AWSLambdaBasicExecutionRole': {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' }],
  },
};

/** @throws Error naming `owner` when the policy is not written down here */
export function managedPolicy(owner: string, arn: string): Statement[] {
  const name = /^arn:aws:iam::aws:policy\/(.+)$/.exec(arn)?.[1] ?? '';
  const document = DOCUMENTS[name];
  if (document === undefined)
    throw new Error(`${owner}: the managed policy ${arn} is not known here; infra/local/permissions/managed-policies.ts lists those that are`);
  return readDocument(arn, 'identity', document);
}
