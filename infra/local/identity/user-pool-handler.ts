/** The calls of a user pool that the product makes: whoever is invited can sign in on this machine from then on, until their household is erased. No e-mail leaves it. */
import { z } from 'zod';
import type { AwsHandler } from '../aws-request.ts';
import { AwsError, jsonAnswer, parseBody } from '../endpoint/aws-answer.ts';
import type { People, Person } from './people.ts';

const TARGET = 'AWSCognitoIdentityProviderService.';

const namedSchema = z.looseObject({ UserPoolId: z.string(), Username: z.string().min(1).max(128) });
const createSchema = namedSchema.extend({
  UserAttributes: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).default([]),
  ForceAliasCreation: z.literal(false).optional(),
});

/** @param poolIds of the template: a pool of another name is not there */
export const userPoolHandler =
  (people: People, poolIds: readonly string[]): AwsHandler =>
  async (request) => {
    const operation = request.headers['x-amz-target']?.slice(TARGET.length) ?? '';
    const { UserPoolId: poolId } = parseBody(request, namedSchema, 'InvalidParameterException');
    if (!poolIds.includes(poolId)) throw new AwsError('ResourceNotFoundException', `User pool ${poolId} does not exist.`);
    switch (operation) {
      case 'AdminCreateUser':
        return jsonAnswer(request, { User: shown(await create(people, parseBody(request, createSchema, 'InvalidParameterException'))) });
      case 'AdminGetUser': {
        const { Username: name } = parseBody(request, namedSchema, 'InvalidParameterException');
        // A user may be named by an alias as well.
        const person = people.byMemberId(name) ?? people.byEmail(name);
        if (person === undefined) throw new AwsError('UserNotFoundException', 'User does not exist.');
        return jsonAnswer(request, shown(person));
      }
      case 'AdminDeleteUser': {
        const { Username: name } = parseBody(request, namedSchema, 'InvalidParameterException');
        if (people.byMemberId(name) === undefined) throw new AwsError('UserNotFoundException', 'User does not exist.');
        await people.remove(name);
        return jsonAnswer(request, {});
      }
      default:
        throw new AwsError('UnknownOperationException', `the local cloud does not offer ${operation} of a user pool`);
    }
  };

async function create(people: People, { Username: memberId, UserAttributes: attributes }: z.infer<typeof createSchema>): Promise<Person> {
  const valueOf = (name: string) => attributes.find(({ Name: known }) => known === name)?.Value;
  const email = z.email().safeParse(valueOf('email'));
  if (!email.success) throw new AwsError('InvalidParameterException', 'Invalid email address format.');
  if (people.byMemberId(memberId) !== undefined) throw new AwsError('UsernameExistsException', 'User account already exists');
  if (people.byEmail(email.data) !== undefined) throw new AwsError('AliasExistsException', 'An account with the email already exists.');
  const person = { memberId, email: email.data, name: valueOf('name') ?? email.data };
  await people.add(person);
  return person;
}

const shown = ({ memberId, email, name }: Person) => ({
  Username: memberId,
  Enabled: true,
  UserStatus: 'FORCE_CHANGE_PASSWORD',
  UserAttributes: [
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: 'true' },
    { Name: 'name', Value: name },
  ],
});
