/**
 * The people who can sign in. Who is in the pool already is found by their e-mail address, and nothing of theirs is changed. An address comes out to one
 * caller only, which writes to it and forgets it.
 */
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AliasExistsException,
  CognitoIdentityProviderClient,
  UsernameExistsException,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { memberIdSchema, type MemberId } from '../../shared/values.ts';
import { environment } from './environment.ts';

const pool = new CognitoIdentityProviderClient({});

/**
 * The member who signs in with this address: whoever has it already, else a new one who gets an e-mail with a first password.
 * @param newId for a new one; the same after a crash, so that a repeat finds what the first call made
 */
export async function memberWithEmail({ email, name, newId }: { email: string; name: string; newId: MemberId }): Promise<MemberId> {
  try {
    await pool.send(
      new AdminCreateUserCommand({
        UserPoolId: environment('USER_POOL_ID'),
        Username: newId,
        // Only whoever reads this mailbox gets the first password, which proves the address; unproved it could not be signed in with.
        UserAttributes: [
          { Name: 'email', Value: email },
          { Name: 'email_verified', Value: 'true' },
          { Name: 'name', Value: name },
        ],
        DesiredDeliveryMediums: ['EMAIL'],
        // Else whoever has the address now could no longer sign in with it.
        ForceAliasCreation: false,
      }),
    );
    return newId;
  } catch (error) {
    if (!(error instanceof AliasExistsException) && !(error instanceof UsernameExistsException)) throw error;
    return (await findByEmail(email)) ?? newId;
  }
}

/** Whoever signs in with exactly this address and may belong to a household. */
export async function findByEmail(email: string): Promise<MemberId | undefined> {
  try {
    const { Username: username } = await pool.send(new AdminGetUserCommand({ UserPoolId: environment('USER_POOL_ID'), Username: email }));
    // Whoever works for the company signs in with another kind of name, and belongs to no household with it.
    return memberIdSchema.safeParse(username).data;
  } catch (error) {
    if (error instanceof UserNotFoundException) return undefined;
    throw error;
  }
}

/** Where to write to a member: only where they have proved that they read it. Undefined for whoever is not there (any more). */
export async function provenAddress(memberId: MemberId): Promise<string | undefined> {
  try {
    const found = await pool.send(new AdminGetUserCommand({ UserPoolId: environment('USER_POOL_ID'), Username: memberId }));
    const valueOf = (name: string) => found.UserAttributes?.find(({ Name: known }) => known === name)?.Value;
    // A name that is somebody's address is nobody's member id; and whoever was locked out is not written to.
    if (found.Username !== memberId || found.Enabled === false || valueOf('email_verified') !== 'true') return undefined;
    return valueOf('email');
  } catch (error) {
    if (error instanceof UserNotFoundException) return undefined;
    throw error;
  }
}
