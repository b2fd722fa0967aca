/** Secrets Manager, as far as the product asks: secrets of the template, made up once and kept in one file that only its owner can read. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { AwsHandler, AwsRequest } from '../aws-request.ts';
import { AwsError, jsonAnswer, parseBody } from '../endpoint/aws-answer.ts';
import { generateSecretString, secretPropertiesSchema } from './generate.ts';
import { readSecretFile, writeSecretFile, type KeptSecret } from './secret-file.ts';

export interface SecretDefinition {
  readonly name: string;
  readonly arn: string;
  /** The resolved CloudFormation properties of `AWS::SecretsManager::Secret`. */
  readonly properties: unknown;
}

export interface SecretsOptions {
  readonly file: string;
  readonly secrets: readonly SecretDefinition[];
}

export interface Secrets {
  /** `secretsmanager.GetSecretValue` and `DescribeSecret`. */
  readonly handle: AwsHandler;
}

interface Secret extends SecretDefinition, KeptSecret {
  readonly description: string | undefined;
}

const CURRENT = 'AWSCURRENT';

const getSchema = z.strictObject({ SecretId: z.string(), VersionId: z.string().optional(), VersionStage: z.string().optional() });
const describeSchema = z.strictObject({ SecretId: z.string() });

/** @throws Error naming a secret whose properties are not understood */
export async function openSecrets({ file, secrets }: SecretsOptions): Promise<Secrets> {
  const kept = await readSecretFile(file);
  const opened = secrets.map((definition) => open(definition, kept));
  const fresh = opened.map(({ name, value, versionId, createdAtMillis }): [string, KeptSecret] => [name, { value, versionId, createdAtMillis }]);
  // Also those that the template no longer names, in case it names them again.
  await writeSecretFile(file, new Map([...kept, ...fresh]));
  return {
    handle: (request) => Promise.resolve(answer(request, opened)),
  };
}

function open(definition: SecretDefinition, kept: ReadonlyMap<string, KeptSecret>): Secret {
  const parsed = secretPropertiesSchema.safeParse(definition.properties);
  if (!parsed.success) throw new Error(`the secret ${definition.name}: ${z.prettifyError(parsed.error)}`);
  const { SecretString, GenerateSecretString, Description } = parsed.data;
  const before = kept.get(definition.name);
  if (SecretString === undefined) return { ...definition, ...(before ?? keep(generateSecretString(GenerateSecretString ?? {}))), description: Description };
  return { ...definition, ...(before?.value === SecretString ? before : keep(SecretString)), description: Description };
}

const keep = (value: string): KeptSecret => ({ value, versionId: randomUUID(), createdAtMillis: Date.now() });

function answer(request: AwsRequest, secrets: readonly Secret[]) {
  const operation = request.headers['x-amz-target']?.replace(/^secretsmanager\./, '') ?? '';
  switch (operation) {
    case 'GetSecretValue': {
      const { SecretId, VersionId, VersionStage = CURRENT } = parseBody(request, getSchema, 'InvalidParameterException');
      const secret = find(secrets, SecretId);
      if (VersionStage !== CURRENT || (VersionId ?? secret.versionId) !== secret.versionId) throw notFound('the specified version of the secret');
      return jsonAnswer(request, {
        ARN: secret.arn,
        Name: secret.name,
        SecretString: secret.value,
        VersionId: secret.versionId,
        VersionStages: [CURRENT],
        CreatedDate: secret.createdAtMillis / 1_000,
      });
    }
    case 'DescribeSecret': {
      const secret = find(secrets, parseBody(request, describeSchema, 'InvalidParameterException').SecretId);
      return jsonAnswer(request, {
        ARN: secret.arn,
        Name: secret.name,
        ...(secret.description !== undefined && { Description: secret.description }),
        VersionIdsToStages: { [secret.versionId]: [CURRENT] },
        CreatedDate: secret.createdAtMillis / 1_000,
      });
    }
    default:
      throw new AwsError('UnknownOperationException', `the local cloud does not offer secretsmanager ${operation}`);
  }
}

function find(secrets: readonly Secret[], id: string): Secret {
  const secret = secrets.find(({ name, arn }) => id === name || id === arn);
  if (secret === undefined) throw notFound('the specified secret');
  return secret;
}

const notFound = (what: string): AwsError => new AwsError('ResourceNotFoundException', `Secrets Manager can't find ${what}.`);
