/** Runs the rules of the template on each message and hands the results to their queues. */
import { AwsError } from '../endpoint/aws-answer.ts';
import { basicIngestOf } from './basic-ingest.ts';
import { compileRule, type CompiledRule, type RuleMessage } from './sql-rule.ts';
import { filterMatches } from './topic-filter.ts';

export type RuleAction = Readonly<{ queueArn: string }>;

export type TopicRule = Readonly<{
  name: string;
  sql: string;
  awsIotSqlVersion?: string;
  actions: readonly RuleAction[];
  /** Where a message goes that the rule cannot be applied to; at least one, for nothing may vanish. */
  errorActions: readonly RuleAction[];
}>;

/** Hears of each rule that has heard a message, and of each of its actions, with the size of what it took. */
export type RuleRan = (what: 'execution' | 'action', rule: TopicRule, bytes: number) => void;

/** Puts a body on a queue; durable when it resolves. */
export type Deliver = (queueArn: string, body: string) => Promise<void>;

/**
 * Resolves once every queue durably has what the rules made of the message. When a queue cannot take it: throws, if the sender
 * `resends` what is not acknowledged. Otherwise, and when the queue refuses it for good, the message goes to the rule's error
 * actions, and it throws only if these fail too.
 */
export type RunRules = (message: RuleMessage, sender: { resends: boolean }) => Promise<void>;

type LoadedRule = TopicRule & Readonly<{ compiled: CompiledRule }>;
type Failure = Readonly<{ failedAction: string; failedResource: string; errorMessage: string }>;

type Loaded = Readonly<{
  run: RunRules;
  whenDone: () => Promise<void>;
  /** The first that hears messages on this topic. */
  ruleOn: (topic: string) => TopicRule | undefined;
}>;

/** Throws for a rule that cannot run here, and names it. `whenDone` resolves when nothing that runs now runs any more. */
export function loadRules(
  rules: readonly TopicRule[],
  deliver: Deliver,
  report: (line: string) => void = () => undefined,
  ran: RuleRan = () => undefined,
): Loaded {
  const loaded = rules.map(load);
  const running = new Set<Promise<void>>();
  return {
    run: async (message, { resends }) => {
      const ingest = basicIngestOf(message.topic);
      // A rule that is named runs whatever its FROM says.
      const matching = loaded.filter(({ name, compiled }) => (ingest ? name === ingest.rule : filterMatches(compiled.filter, message.topic)));
      if (ingest !== undefined && matching.length === 0) report(`a message for ${ingest.rule}, which is no rule, is lost`);
      const heard = ingest === undefined ? message : { ...message, topic: ingest.topic };
      const deliverFor =
        (rule: TopicRule): Deliver =>
        (queueArn, body) => {
          ran('action', rule, Buffer.byteLength(body));
          return deliver(queueArn, body);
        };
      for (const rule of matching) ran('execution', rule, message.payload.length);
      const run = settleAll(matching.map((rule) => apply(rule, heard, resends, deliverFor(rule))));
      running.add(run);
      try {
        await run;
      } finally {
        running.delete(run);
      }
    },
    whenDone: async () => {
      await Promise.allSettled(running);
    },
    ruleOn: (topic) => loaded.find(({ compiled }) => filterMatches(compiled.filter, topic)),
  };
}

function load(rule: TopicRule): LoadedRule {
  if (rule.errorActions.length === 0) throw new Error(`rule ${rule.name}: expected an error action, so that no message vanishes`);
  try {
    const { sql, awsIotSqlVersion } = rule;
    return { ...rule, compiled: compileRule({ sql, ...(awsIotSqlVersion === undefined ? {} : { awsIotSqlVersion }) }) };
  } catch (cause) {
    throw new Error(`rule ${rule.name}: ${messageOf(cause)}`, { cause });
  }
}

async function apply(rule: LoadedRule, message: RuleMessage, resends: boolean, deliver: Deliver): Promise<void> {
  let body: string | undefined;
  try {
    const result = rule.compiled.evaluate(message);
    // Here, because a payload can be nested more deeply than JSON.stringify goes.
    body = result === undefined ? undefined : JSON.stringify(result);
  } catch (error) {
    await deliverFailure(rule, message, { failedAction: 'SQL', failedResource: rule.name, errorMessage: messageOf(error) }, deliver);
    return;
  }
  if (body === undefined) return;
  await settleAll(rule.actions.map(({ queueArn }) => act(rule, message, queueArn, body, resends, deliver)));
}

async function act(rule: LoadedRule, message: RuleMessage, queueArn: string, body: string, resends: boolean, deliver: Deliver): Promise<void> {
  try {
    await deliver(queueArn, body);
  } catch (error) {
    if (resends && !isRefusal(error)) throw error;
    await deliverFailure(rule, message, { failedAction: 'SqsAction', failedResource: queueArn, errorMessage: messageOf(error) }, deliver);
  }
}

/** What a queue refuses (too long, not permitted) it refuses again; a sender that repeats it would do so for ever. */
const isRefusal = (error: unknown): boolean => error instanceof AwsError && error.status < 500;

/** The message that AWS IoT sends to an error action. */
async function deliverFailure({ name, errorActions }: TopicRule, message: RuleMessage, failure: Failure, deliver: Deliver): Promise<void> {
  const { topic, clientId, payload } = message;
  const body = JSON.stringify({ ruleName: name, topic, clientId, base64OriginalPayload: payload.toString('base64'), failures: [failure] });
  await settleAll(errorActions.map(({ queueArn }) => deliver(queueArn, body)));
}

/** Waits for all of them, so that nothing goes on behind the back of whoever is told of the first failure. */
async function settleAll(promises: readonly Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(promises)) if (outcome.status === 'rejected') throw outcome.reason;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
