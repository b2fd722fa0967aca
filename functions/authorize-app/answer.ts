/** What AWS IoT is told: who it is, for how long, and what it may do (AWS IoT developer guide, “Custom authentication”). */
import type { IoTCustomAuthorizerResult } from 'aws-lambda';
import { digest } from '../../shared/digest.ts';
import type { PolicyDocument } from '../../shared/household/app-connection.ts';
import { wallSeconds } from '../runtime/clock.ts';
import { logger } from '../runtime/log.ts';
import type { Bearer } from './verify-token.ts';

/** AWS IoT's bounds for both times. */
const SECONDS_MIN = 300;
const SECONDS_MAX = 86_400;

/** The connection ends with its token, and membership is looked at again every five minutes even if nobody disconnects it. */
export function admission({ memberId, endsAtSeconds }: Bearer, policy: PolicyDocument): IoTCustomAuthorizerResult {
  const left = endsAtSeconds - wallSeconds();
  return {
    isAuthenticated: true,
    principalId: digest(memberId),
    disconnectAfterInSeconds: Math.min(SECONDS_MAX, Math.max(SECONDS_MIN, left)),
    refreshAfterInSeconds: SECONDS_MIN,
    policyDocuments: [{ Version: policy.Version, Statement: [...policy.Statement] }],
  };
}

type Reason = 'not-an-app' | 'token-refused' | 'foreign-client-id' | 'no-member';

/** The reason is for our log: whoever knocks is told nothing. */
export function refusal(reason: Reason): IoTCustomAuthorizerResult {
  logger.info('an app was refused', { reason });
  return { isAuthenticated: false, principalId: 'refused', disconnectAfterInSeconds: SECONDS_MIN, refreshAfterInSeconds: SECONDS_MIN, policyDocuments: [] };
}
