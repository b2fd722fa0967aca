/**
 * Who may do what over MQTT, as data: run against the policy documents alone and against the broker. `fridge-own` is the thing that
 * tries, `fridge-other` somebody else's; the app is that of `mem_anna`, who belongs to `hh_anna`.
 */
export const THINGS = { thing: 'fridge-own', 'thing that is called as an app': 'app-own' } as const;
export type Who = keyof typeof THINGS | 'app';

export type Attempt =
  | Readonly<{ kind: 'connect'; as: string; will?: Readonly<{ topic: string; retain?: boolean; qos?: 2 }> }>
  | Readonly<{ kind: 'publish'; on: string; bytes?: number; retain?: boolean; qos?: 2 }>
  | Readonly<{ kind: 'subscribe'; to: string; qos?: 2 }>;

export type Row = Readonly<{
  who: Who;
  attempt: Attempt;
  allowed: boolean;
  /** `broker`: what no policy can say, such as a length; AWS's own broker refuses it too. */
  decidedBy: 'policy' | 'broker';
}>;

const rows = (who: Who, allowed: boolean, decidedBy: Row['decidedBy'], attempts: readonly Attempt[]): Row[] =>
  attempts.map((attempt) => ({ who, attempt, allowed, decidedBy }));
const may = (who: Who, ...attempts: Attempt[]) => rows(who, true, 'policy', attempts);
const mayNot = (who: Who, ...attempts: Attempt[]) => rows(who, false, 'policy', attempts);
const brokerRefuses = (who: Who, ...attempts: Attempt[]) => rows(who, false, 'broker', attempts);

const connect = (as: string, will?: { topic: string; retain?: boolean; qos?: 2 }): Attempt => ({ kind: 'connect', as, ...(will && { will }) });
const publish = (on: string, more: { bytes?: number; retain?: boolean; qos?: 2 } = {}): Attempt => ({ kind: 'publish', on, ...more });
const subscribe = (to: string, more: { qos?: 2 } = {}): Attempt => ({ kind: 'subscribe', to, ...more });

const TELEMETRY = 'dt/nachschub/fridge-own/telemetry';
const PRESENCE = 'dt/nachschub/fridge-own/presence';
const SHADOW = '$aws/things/fridge-own/shadow/name/display';
const MESSAGES = 'app/nachschub/hh_anna/messages';
const CHANGES = 'app/nachschub/hh_anna/changes';
export const APP_ID = 'app-mem_anna-1';

const connections: Row[] = [
  ...may('thing', connect('fridge-own'), connect('fridge-own', { topic: PRESENCE })),
  // A take-over hands over the victim's session.
  ...mayNot('thing', connect('fridge-other'), connect('fridge-nobody'), connect(APP_ID), connect('app-own'), connect('Fridge-own'), connect('fridge-own1')),
  ...mayNot('thing', connect('fridge-own', { topic: 'dt/nachschub/fridge-other/presence' }), connect('fridge-own', { topic: MESSAGES })),
  ...mayNot('thing', connect('fridge-own', { topic: '$SYS/x' }), connect('fridge-own', { topic: PRESENCE, retain: true })),
  ...brokerRefuses('thing', connect('fridge-own', { topic: PRESENCE, qos: 2 }), connect('fridge-own', { topic: `${PRESENCE}\u0000` })),
  ...brokerRefuses('thing', connect(''), connect('fridge-own#'), connect('fridge+own'), connect('fridge-*'), connect('$fridge-own'), connect('a/b')),
  ...brokerRefuses('thing', connect('fridge-own\u0000'), connect('f'.repeat(129))),
  ...mayNot('thing that is called as an app', connect('app-own'), connect(APP_ID)),
  ...may('app', connect(APP_ID), connect('app-mem_anna-aZ9')),
  ...mayNot('app', connect('fridge-own'), connect('app-mem_bert-1'), connect('app-mem_anna-b-1'), connect('app-mem_anna-'), connect('mem_anna')),
  ...mayNot('app', connect(APP_ID, { topic: MESSAGES }), connect(APP_ID, { topic: PRESENCE })),
  ...brokerRefuses('app', connect('app-mem_anna-+'), connect('app-mem_anna-#'), connect('app-mem_anna-*')),
];

const publishes: Row[] = [
  ...may('thing', publish(TELEMETRY), publish(PRESENCE), publish('cmd/nachschub/fridge-own/sync'), publish(TELEMETRY, { bytes: 131_072 })),
  ...may('thing', publish(`$aws/rules/nachschub_telemetry/${TELEMETRY}`), publish(`${SHADOW}/get`), publish(`${SHADOW}/update`)),
  ...mayNot('thing', publish('dt/nachschub/fridge-other/telemetry'), publish('dt/nachschub/fridge-own/other'), publish(`${TELEMETRY}/more`)),
  ...mayNot('thing', publish('dt/other/fridge-own/telemetry'), publish('dt/nachschub/fridge-own'), publish('telemetry'), publish(`/${TELEMETRY}`)),
  ...mayNot('thing', publish('cmd/nachschub/fridge-own/message'), publish('cmd/nachschub/fridge-other/sync'), publish(MESSAGES), publish(CHANGES)),
  ...mayNot('thing', publish('$SYS/x'), publish(`$share/x/${TELEMETRY}`), publish('$aws/events/presence/connected/fridge-own')),
  ...mayNot('thing', publish('$aws/rules/nachschub_telemetry/dt/nachschub/fridge-other/telemetry'), publish(`$aws/rules/another/${TELEMETRY}`)),
  ...mayNot('thing', publish('$aws/things/fridge-other/shadow/name/display/update'), publish('$aws/things/fridge-own/shadow/name/other/update')),
  ...mayNot('thing', publish('$aws/things/fridge-own/shadow/update'), publish(`${SHADOW}/delete`), publish(`${SHADOW}/update/accepted`)),
  ...mayNot('thing', publish(TELEMETRY, { retain: true }), publish('dt/nachschub/fridge-other/telemetry', { retain: true })),
  ...mayNot('thing', publish('#'), publish('+/nachschub/fridge-own/telemetry'), publish('dt/nachschub/+/telemetry')),
  ...brokerRefuses('thing', publish(TELEMETRY, { bytes: 131_073 }), publish(TELEMETRY, { qos: 2 }), publish(`${TELEMETRY}\u0000`)),
  ...brokerRefuses('thing', publish(`dt/nachschub/${'x'.repeat(256)}`), publish('a/b/c/d/e/f/g/h/i'), publish('$aws/rules/nachschub_telemetry')),
  ...mayNot('app', publish(TELEMETRY), publish(MESSAGES), publish('app/nachschub/hh_bert/messages'), publish('cmd/nachschub/fridge-own/message')),
  ...mayNot('app', publish(CHANGES), publish('app/nachschub/hh_bert/changes')),
  ...mayNot('app', publish('x'), publish('#'), publish('$SYS/x'), publish(`$aws/rules/nachschub_telemetry/${TELEMETRY}`), publish(`${SHADOW}/update`)),
];

const subscriptions: Row[] = [
  ...may('thing', subscribe('cmd/nachschub/fridge-own/message'), subscribe(`${SHADOW}/get/accepted`), subscribe(`${SHADOW}/get/rejected`)),
  ...may('thing', subscribe(`${SHADOW}/update/accepted`), subscribe(`${SHADOW}/update/rejected`), subscribe(`${SHADOW}/update/delta`)),
  ...mayNot('thing', subscribe('cmd/nachschub/fridge-other/message'), subscribe('cmd/nachschub/+/message'), subscribe('cmd/nachschub/fridge-own/+')),
  ...mayNot('thing', subscribe('cmd/nachschub/fridge-own/#'), subscribe('cmd/nachschub/#'), subscribe('cmd/nachschub/fridge-own/sync')),
  ...mayNot('thing', subscribe('#'), subscribe('+/#'), subscribe('+/nachschub/fridge-own/message'), subscribe('$SYS/#'), subscribe('$aws/#')),
  ...mayNot('thing', subscribe(TELEMETRY), subscribe(MESSAGES), subscribe('app/nachschub/+/messages'), subscribe('app/#'), subscribe(CHANGES)),
  ...mayNot('thing', subscribe('$share/group/cmd/nachschub/fridge-own/message'), subscribe('$aws/events/presence/connected/fridge-own')),
  ...mayNot('thing', subscribe('$aws/things/fridge-other/shadow/name/display/update/delta'), subscribe('$aws/things/+/shadow/name/display/update/delta')),
  ...mayNot('thing', subscribe('$aws/things/fridge-own/shadow/#'), subscribe('$aws/things/fridge-own/shadow/name/other/update/delta')),
  ...mayNot('thing', subscribe(`$aws/rules/nachschub_telemetry/${TELEMETRY}`), subscribe('$aws/rules/#')),
  ...brokerRefuses('thing', subscribe('cmd/nachschub/fridge-own/message', { qos: 2 }), subscribe(`cmd/nachschub/${'x'.repeat(256)}`)),
  ...may('app', subscribe(MESSAGES), subscribe(CHANGES)),
  ...mayNot('app', subscribe('app/nachschub/hh_bert/changes'), subscribe('app/nachschub/+/changes')),
  ...mayNot('app', subscribe('app/nachschub/hh_bert/messages'), subscribe('app/nachschub/+/messages'), subscribe('app/nachschub/hh_anna/+')),
  ...mayNot('app', subscribe('app/nachschub/hh_anna/#'), subscribe('#'), subscribe('+/#'), subscribe(`$share/group/${MESSAGES}`), subscribe('$SYS/#')),
  ...mayNot('app', subscribe('cmd/nachschub/fridge-own/message'), subscribe(TELEMETRY), subscribe(`${SHADOW}/update/delta`), subscribe('$aws/#')),
];

export const ACCESS_TABLE: readonly Row[] = [...connections, ...publishes, ...subscriptions];

/** One sentence, for the name of a test. */
export const sentence = ({ who, attempt, allowed }: Row): string => {
  const more = Object.entries(attempt).flatMap(([name, value]) => (['kind', 'as', 'on', 'to'].includes(name) ? [] : [`${name} ${JSON.stringify(value)}`]));
  const what = attempt.kind === 'connect' ? `connect as ${attempt.as}` : attempt.kind === 'publish' ? `publish on ${attempt.on}` : `listen to ${attempt.to}`;
  return `${who} ${allowed ? 'may' : 'may not'} ${[JSON.stringify(what).slice(1, -1).slice(0, 100), ...more].join(', ')}`;
};
