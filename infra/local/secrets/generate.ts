/** What the template may say about a secret, and how its value is made up. */
import { randomInt } from 'node:crypto';
import { z } from 'zod';

const inert = z.unknown().optional();

/** All defaults are those of `GetRandomPassword`. */
const generateSchema = z
  .strictObject({
    PasswordLength: z.coerce.number().int().min(1).max(4_096).default(32),
    ExcludeCharacters: z.string().default(''),
    ExcludeLowercase: z.stringbool().or(z.boolean()).default(false),
    ExcludeUppercase: z.stringbool().or(z.boolean()).default(false),
    ExcludeNumbers: z.stringbool().or(z.boolean()).default(false),
    ExcludePunctuation: z.stringbool().or(z.boolean()).default(false),
    IncludeSpace: z.stringbool().or(z.boolean()).default(false),
    RequireEachIncludedType: z.stringbool().or(z.boolean()).default(true),
    /** A JSON object that the generated value is put into, as the member `GenerateStringKey`. */
    SecretStringTemplate: z.string().optional(),
    GenerateStringKey: z.string().optional(),
  })
  .refine(({ SecretStringTemplate, GenerateStringKey }) => (SecretStringTemplate === undefined) === (GenerateStringKey === undefined), {
    error: 'SecretStringTemplate and GenerateStringKey need each other',
  });

export const secretPropertiesSchema = z
  .strictObject({
    Name: z.string().optional(),
    Description: z.string().optional(),
    SecretString: z.string().optional(),
    GenerateSecretString: generateSchema.optional(),
    /** Without effect on one machine. */
    KmsKeyId: inert,
    Tags: inert,
  })
  .refine(({ SecretString, GenerateSecretString }) => SecretString === undefined || GenerateSecretString === undefined, {
    error: 'expected SecretString or GenerateSecretString, not both',
  });

const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

export function generateSecretString(input: z.input<typeof generateSchema>): string {
  const rules = generateSchema.parse(input);
  const alphabets = [
    ...(rules.ExcludeLowercase ? [] : ['abcdefghijklmnopqrstuvwxyz']),
    ...(rules.ExcludeUppercase ? [] : ['ABCDEFGHIJKLMNOPQRSTUVWXYZ']),
    ...(rules.ExcludeNumbers ? [] : ['0123456789']),
    ...(rules.ExcludePunctuation ? [] : [PUNCTUATION]),
    ...(rules.IncludeSpace ? [' '] : []),
  ]
    .map((alphabet) => Array.from(alphabet).filter((character) => !rules.ExcludeCharacters.includes(character)))
    .filter((alphabet) => alphabet.length > 0);
  const password = generatePassword(alphabets, rules.PasswordLength, rules.RequireEachIncludedType);
  if (rules.SecretStringTemplate === undefined || rules.GenerateStringKey === undefined) return password;
  const template = z.record(z.string(), z.unknown()).parse(JSON.parse(rules.SecretStringTemplate));
  return JSON.stringify({ ...template, [rules.GenerateStringKey]: password });
}

/** Drawn until it has something of each kind, so that every password that fits is equally likely. */
function generatePassword(alphabets: readonly string[][], length: number, needsEach: boolean): string {
  const characters = alphabets.flat();
  if (characters.length === 0) throw new Error('the secret excludes every character');
  if (needsEach && alphabets.length > length) throw new Error(`a secret of ${length} characters cannot have one of each kind`);
  for (;;) {
    const drawn = Array.from({ length }, () => characters[randomInt(characters.length)] ?? '');
    if (!needsEach || alphabets.every((alphabet) => drawn.some((character) => alphabet.includes(character)))) return drawn.join('');
  }
}
