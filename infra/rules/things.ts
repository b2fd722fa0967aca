/** What a certificate may do: its own connection and its own topics, nothing of anybody else's. AWS IoT takes `*` in a policy without a word. */
import { allowed, type Statement } from './policy.ts';
import { ofType, type Finding, type Rule } from './template.ts';

const THING = '${iot:Connection.Thing.ThingName}';

const overPolicies = (judge: (statement: Statement) => readonly string[]): Rule['check'] =>
  function check(resources) {
    return ofType(resources, 'AWS::IoT::Policy').flatMap(({ id, properties }) =>
      allowed(properties['PolicyDocument']).flatMap((statement) => judge(statement).map((detail): Finding => ({ resource: id, detail }))),
    );
  };

/** `topic/…` of `arn:<AWS::Partition>:iot:eu-central-1:<AWS::AccountId>:topic/…`, so that an acknowledgement is good in every region. */
const withoutAccount = (resource: string): string => resource.replace(/^arn:(?:(?:<[^>]*>|[^:<]*):){4}/, '');

/** Wildcards of IAM, and of MQTT where a topic filter could use them. */
export const thingPolicyWithoutWildcard: Rule = {
  name: 'ThingPolicyWithoutWildcard',
  why: 'One stolen certificate would read and write for every household.',
  check: overPolicies(({ actions, resources, isInverted }) => [
    ...actions.filter((action) => action.includes('*')),
    ...resources.filter((resource) => /[*?#+]/.test(resource)).map(withoutAccount),
    ...(isInverted ? ['everything but'] : []),
  ]),
};

export const thingPolicyNamesTheThing: Rule = {
  name: 'ThingPolicyNamesTheThing',
  why: 'A resource without the thing’s own name is shared by all things.',
  check: overPolicies(({ resources }) => resources.filter((resource) => !resource.includes(THING))),
};

/** The client id is the thing, and the certificate is attached to it: only then the name in the topics is proven. */
export const connectBoundToThing: Rule = {
  name: 'ConnectBoundToThing',
  why: 'Whoever takes over a client id is handed its session.',
  check: overPolicies(({ actions, resources, conditions }) => {
    if (!actions.some((action) => /^iot:(Connect|\*)$|^\*$/.test(action))) return [];
    const attached = conditions['Bool']?.['iot:Connection.Thing.IsAttached'];
    return [
      ...resources.filter((resource) => !resource.endsWith(`:client/${THING}`)).map((resource) => `connects as ${resource}`),
      ...([attached].flat().includes('true') ? [] : ['without iot:Connection.Thing.IsAttached']),
    ];
  }),
};

export const retainedByNobody: Rule = {
  name: 'RetainedByNobody',
  why: 'A retained message outlives the household that it was meant for.',
  check: overPolicies(({ actions }) => actions.filter((action) => action === 'iot:RetainPublish')),
};
