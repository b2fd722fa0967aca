import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEndpoint, type Endpoint } from '../../../../infra/local/endpoint/endpoint.ts';
import { generateSecretString } from '../../../../infra/local/secrets/generate.ts';
import { openSecrets } from '../../../../infra/local/secrets/secrets.ts';
import { clientOf, failureOf, principals } from '../endpoint/local-client.ts';

let directory: string;
let endpoint: Endpoint | undefined;
const file = () => join(directory, 'secrets.json');
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'nachschub-secrets-'));
});
afterEach(async () => {
  await endpoint?.close();
  endpoint = undefined;
  await rm(directory, { recursive: true, force: true });
});

const ARN = 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:root-AbCdEf';
const root = (properties: unknown = { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } }) => ({ name: 'root', arn: ARN, properties });

async function open(...secrets: { name: string; arn: string; properties: unknown }[]): Promise<SecretsManagerClient> {
  await endpoint?.close();
  const opened = await openSecrets({ file: file(), secrets });
  endpoint = await openEndpoint({ handlers: { secretsmanager: opened.handle }, principals });
  return new SecretsManagerClient(clientOf(endpoint.url));
}

describe('a secret of the template', () => {
  it('is made up once and found by name and ARN ever after', async () => {
    const first = await open(root());
    const byName = await first.send(new GetSecretValueCommand({ SecretId: 'root' }));
    expect(byName).toMatchObject({ ARN, Name: 'root', VersionStages: ['AWSCURRENT'], SecretString: expect.stringMatching(/^[A-Za-z0-9]{64}$/) as string });
    expect(Date.now() - (byName.CreatedDate?.getTime() ?? 0)).toBeLessThan(60_000);
    const again = await open(root());
    const byArn = await again.send(new GetSecretValueCommand({ SecretId: ARN }));
    expect([byArn.SecretString, byArn.VersionId, byArn.CreatedDate]).toEqual([byName.SecretString, byName.VersionId, byName.CreatedDate]);
  });

  it('is readable by its owner only, also when the file was not', async () => {
    await open(root());
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    await chmod(file(), 0o644);
    await open(root());
    expect((await stat(file())).mode & 0o777).toBe(0o600);
  });

  it('stays while the template does not name it', async () => {
    const before = await (await open(root())).send(new GetSecretValueCommand({ SecretId: 'root' }));
    const without = await open({ name: 'other', arn: 'arn:other', properties: {} });
    await expect(without.send(new GetSecretValueCommand({ SecretId: 'root' }))).rejects.toBeInstanceOf(ResourceNotFoundException);
    const after = await (await open(root())).send(new GetSecretValueCommand({ SecretId: 'root' }));
    expect(after.SecretString).toBe(before.SecretString);
  });

  it('is what the template says, and a new version when the template says otherwise', async () => {
    const one = await (await open(root({ SecretString: 'one' }))).send(new GetSecretValueCommand({ SecretId: 'root' }));
    const two = await (await open(root({ SecretString: 'two' }))).send(new GetSecretValueCommand({ SecretId: 'root' }));
    expect([one.SecretString, two.SecretString]).toEqual(['one', 'two']);
    expect(two.VersionId).not.toBe(one.VersionId);
  });

  it('is described without its value', async () => {
    const client = await open(root({ Description: 'Root of all keys', GenerateSecretString: {} }));
    const described = await client.send(new DescribeSecretCommand({ SecretId: 'root' }));
    expect(described).toMatchObject({ ARN, Name: 'root', Description: 'Root of all keys' });
    expect(Object.values(described.VersionIdsToStages ?? {})).toEqual([['AWSCURRENT']]);
    expect(JSON.stringify(described)).not.toContain((await client.send(new GetSecretValueCommand({ SecretId: 'root' }))).SecretString);
  });
});

describe('refusals', () => {
  it('knows no other secret and no other version', async () => {
    const client = await open(root());
    for (const input of [{ SecretId: 'other' }, { SecretId: 'root', VersionStage: 'AWSPREVIOUS' }, { SecretId: 'root', VersionId: 'x'.repeat(32) }])
      await expect(client.send(new GetSecretValueCommand(input))).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it('names an operation it does not offer', async () => {
    const client = await open(root());
    expect((await failureOf(client.send(new ListSecretsCommand()))).message).toBe('the local cloud does not offer secretsmanager ListSecrets');
  });

  it.each([
    ['a property it does not know', { ReplicaRegions: [] }, /root.*ReplicaRegions/s],
    ['a value that is given and made up', { SecretString: 'x', GenerateSecretString: {} }, /not both/],
    ['a template without a key', { GenerateSecretString: { SecretStringTemplate: '{}' } }, /need each other/],
  ])('does not load %s', async (_, properties, message) => {
    await expect(open(root(properties))).rejects.toThrow(message);
  });

  it('does not write anything over a file that it cannot read', async () => {
    await open(root());
    const { writeFile } = await import('node:fs/promises');
    await writeFile(file(), '{"root":');
    await expect(open(root())).rejects.toThrow();
    expect(await readFile(file(), 'utf8')).toBe('{"root":');
  });
});

describe('a value made up', () => {
  it('has 32 characters of four kinds unless the template says otherwise', () => {
    const value = generateSecretString({});
    expect(value).toHaveLength(32);
    for (const kind of [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/]) expect(value).toMatch(kind);
    expect(generateSecretString({})).not.toBe(value);
  });

  it('stands in the template at its key', () => {
    const value: unknown = JSON.parse(generateSecretString({ SecretStringTemplate: '{"username":"shop"}', GenerateStringKey: 'password', PasswordLength: 16 }));
    expect(value).toEqual({ username: 'shop', password: expect.stringMatching(/^.{16}$/) as string });
  });

  it('keeps to its rules', () => {
    const rules = fc.record({
      PasswordLength: fc.integer({ min: 5, max: 80 }),
      ExcludeLowercase: fc.boolean(),
      ExcludeUppercase: fc.boolean(),
      ExcludePunctuation: fc.boolean(),
      IncludeSpace: fc.boolean(),
      ExcludeCharacters: fc.constantFrom('', 'aeiou', '"@/\\', '01'),
    });
    fc.assert(
      fc.property(rules, (given) => {
        const value = generateSecretString(given);
        expect(value).toHaveLength(given.PasswordLength);
        expect(value).toMatch(/[0-9]/);
        expect(/[a-z]/.test(value)).toBe(!given.ExcludeLowercase);
        expect(/[A-Z]/.test(value)).toBe(!given.ExcludeUppercase);
        expect(/[^A-Za-z0-9 ]/.test(value)).toBe(!given.ExcludePunctuation);
        expect(value.includes(' ')).toBe(given.IncludeSpace);
        for (const character of given.ExcludeCharacters) expect(value).not.toContain(character);
      }),
    );
  });

  it('cannot be made of nothing, nor of more kinds than it has characters', () => {
    const nothing = { ExcludeLowercase: true, ExcludeUppercase: true, ExcludeNumbers: true, ExcludePunctuation: true };
    expect(() => generateSecretString(nothing)).toThrow('excludes every character');
    expect(() => generateSecretString({ PasswordLength: 3 })).toThrow('one of each kind');
  });
});
