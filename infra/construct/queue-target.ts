/** A queue as the target of a rule: the rule may put messages on it and on its dead letters, and nothing else. */
import type { IRule, IRuleTarget, RuleTargetConfig, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { HouseQueue } from './house-queue.ts';

export class QueueTarget implements IRuleTarget {
  readonly #inbox: HouseQueue;

  readonly #input: RuleTargetInput | undefined;

  /** @param input what the queue gets instead of the whole event */
  constructor(inbox: HouseQueue, input?: RuleTargetInput) {
    this.#inbox = inbox;
    this.#input = input;
  }

  bind(rule: IRule): RuleTargetConfig {
    const { queue, deadLetters } = this.#inbox;
    for (const each of [queue, deadLetters]) {
      each.addToResourcePolicy(
        new PolicyStatement({
          principals: [new ServicePrincipal('events.amazonaws.com')],
          actions: ['sqs:SendMessage'],
          resources: [each.queueArn],
          conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
        }),
      );
    }
    return { arn: queue.queueArn, deadLetterConfig: { arn: deadLetters.queueArn }, targetResource: queue, ...(this.#input && { input: this.#input }) };
  }
}
