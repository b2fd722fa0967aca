/** Our own rules over the template, beside AWS's: one list, each entry with a fixture that breaks it in `test/infra/rules/`. */
import { deadLettersRingAlarm, functionForgetsLogs, functionRingsAlarm, functionWithoutUrl, permissionNamesItsSource } from './functions.ts';
import { mappingTellsPartialFailures, streamMovesOn } from './mappings.ts';
import { queueOutlastsItsFunction, queueWithDeadLetters } from './queues.ts';
import { roleAssumedByServices, roleNamesWhatItMay } from './roles.ts';
import { tableProtected, tableRecoverable } from './tables.ts';
import { targetWithDeadLetters } from './targets.ts';
import type { Rule } from './template.ts';
import { connectBoundToThing, retainedByNobody, thingPolicyNamesTheThing, thingPolicyWithoutWildcard } from './things.ts';
import { topicRuleWithErrorAction } from './topic-rules.ts';

export const houseRules: readonly Rule[] = [
  connectBoundToThing,
  deadLettersRingAlarm,
  functionForgetsLogs,
  functionRingsAlarm,
  functionWithoutUrl,
  mappingTellsPartialFailures,
  permissionNamesItsSource,
  queueOutlastsItsFunction,
  queueWithDeadLetters,
  retainedByNobody,
  roleAssumedByServices,
  roleNamesWhatItMay,
  streamMovesOn,
  tableProtected,
  tableRecoverable,
  targetWithDeadLetters,
  thingPolicyNamesTheThing,
  thingPolicyWithoutWildcard,
  topicRuleWithErrorAction,
];
