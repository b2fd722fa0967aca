/**
 * Calls of the AWS API that are throttled, and batches of which a part is refused. What comes is what AWS documents: names that the SDK repeats
 * by itself a few times, and answers of 200 that hold failures, which no SDK repeats.
 */
import type { AwsHandler, AwsRequest } from '../aws-request.ts';
import { AwsError } from '../endpoint/aws-answer.ts';
import type { Service } from '../endpoint/call.ts';
import type { NoteFault } from './fault-log.ts';
import type { Dice, Occasions } from './occasions.ts';
import { refusePart } from './partial-failure.ts';

/** @param everyMillis product time */
export type OccasionsFor = (name: string, everyMillis: number) => Pick<Occasions, 'take'>;

export interface CallFaultsOptions {
  readonly isOn: (kind: 'call-throttled' | 'call-partly-failed') => boolean;
  readonly occasionsFor: OccasionsFor;
  readonly dice: Dice;
  readonly note: NoteFault;
  /** Product milliseconds. */
  readonly now: () => number;
}

const DAY = 86_400_000;
/**
 * Of each caller at each service. Everybody calls the store, so that makes two or three a day; the others have one or two callers each, and a
 * secret is read only once a cold start.
 */
const THROTTLED_EVERY: Record<Service, number> = {
  dynamodb: 10 * DAY,
  sqs: 3 * DAY,
  events: 3 * DAY,
  secretsmanager: DAY / 4,
  'iot-data': 5 * DAY,
  'cognito-idp': 2 * DAY,
  ses: 5 * DAY,
};
const PARTLY_FAILED_EVERY = 3 * DAY;

/** The window and the auditor look on; only what the product itself calls goes wrong. */
const ONLOOKER = 'operator';

const THROTTLED: Record<Service, readonly [first: AwsError, ...others: AwsError[]]> = {
  dynamodb: [
    new AwsError('ProvisionedThroughputExceededException', 'The level of configured provisioned throughput for the table was exceeded.'),
    new AwsError('ThrottlingException', 'Rate of requests exceeds the allowed throughput.'),
  ],
  sqs: [new AwsError('RequestThrottled', 'Request is throttled.', { status: 403 })],
  events: [new AwsError('ThrottlingException', 'Rate exceeded')],
  secretsmanager: [new AwsError('ThrottlingException', 'Rate exceeded')],
  'iot-data': [new AwsError('ThrottlingException', 'Rate exceeded', { status: 429 })],
  'cognito-idp': [new AwsError('TooManyRequestsException', 'Rate exceeded', { status: 429 })],
  ses: [new AwsError('TooManyRequestsException', 'Maximum sending rate exceeded.', { status: 429 })],
};

/** The SDK tries three times, DynamoDB’s four: mostly it gets through, and sometimes the function itself must bear it. */
const burstOf = (draw: number): number => (draw < 0.5 ? 1 : draw < 0.8 ? 2 : 4);

const operationOf = ({ headers, method }: AwsRequest): string => headers['x-amz-target']?.split('.').at(-1) ?? method;

export function withCallFaults(service: Service, handle: AwsHandler, { isOn, occasionsFor, dice, note, now }: CallFaultsOptions): AwsHandler {
  const occasions = new Map<string, Pick<Occasions, 'take'>>();
  const stillThrottled = new Map<string, number>();
  const occasion = (name: string, everyMillis: number): number | undefined => {
    const ofName = occasions.get(name) ?? occasionsFor(name, everyMillis);
    occasions.set(name, ofName);
    return ofName.take(now());
  };

  function throttledBy(caller: string, operation: string): AwsError | undefined {
    const name = `call-throttled/${service}/${caller}`;
    const left = stillThrottled.get(name) ?? 0;
    const index = left > 0 ? undefined : occasion(name, THROTTLED_EVERY[service]);
    if (left === 0 && index === undefined) return undefined;
    const burst = index === undefined ? left : burstOf(dice(name, 'burst', index));
    stillThrottled.set(name, burst - 1);
    if (index !== undefined) note('call-throttled', `${service} ${operation} of ${caller}, ${burst} in a row`);
    const errors = THROTTLED[service];
    return errors[burst % errors.length] ?? errors[0];
  }

  return async (request) => {
    const { caller } = request;
    if (caller === ONLOOKER) return handle(request);
    const operation = operationOf(request);
    const throttled = isOn('call-throttled') ? throttledBy(caller, operation) : undefined;
    if (throttled !== undefined) throw throttled;
    const part = isOn('call-partly-failed') ? refusePart(service, operation, request) : undefined;
    if (part === undefined || occasion(`call-partly-failed/${service}/${operation}`, PARTLY_FAILED_EVERY) === undefined) return handle(request);
    note('call-partly-failed', `${service} ${operation} of ${caller}, ${part.refused}`);
    return part.carryOut(handle);
  };
}
