/** Which stage of the flow a function, a queue or a rule of the template belongs to: a stage is named after its function. */
import type { TopicRule } from '../broker/rules.ts';
import type { FunctionDefinition } from '../functions/environment.ts';
import type { EventSourceMapping } from '../functions/mapping-properties.ts';

export interface Stages {
  /** Undefined for whoever is no function, such as the auditor: nothing of theirs is billed. */
  readonly ofFunction: (name: string) => string | undefined;
  readonly ofQueue: (arn: string) => string;
  /** By where it sends; undefined for no rule. */
  readonly ofRule: (rule: TopicRule | undefined) => string | undefined;
}

/** Of a queue that no function reads. */
export const DEAD_LETTERS = 'dead letters';

export function stagesOf(functions: readonly FunctionDefinition[], mappings: readonly Pick<EventSourceMapping, 'sourceArn' | 'functionName'>[]): Stages {
  const names = new Map(functions.map(({ name, environment }) => [name, environment['POWERTOOLS_SERVICE_NAME'] ?? name]));
  const queues = new Map(mappings.map(({ sourceArn, functionName }) => [sourceArn, names.get(functionName) ?? functionName]));
  const ofQueue = (arn: string) => queues.get(arn) ?? DEAD_LETTERS;
  return {
    ofFunction: (name) => names.get(name),
    ofQueue,
    ofRule: (rule) => (rule === undefined ? undefined : ofQueue(rule.actions[0]?.queueArn ?? '')),
  };
}
