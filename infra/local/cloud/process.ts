/** The local cloud as a process of its own: it may be killed at any moment and started again. */
import { readFileSync } from 'node:fs';
import { scopes } from '../../../shared/api/routes.ts';
import { openDoor } from './door.ts';
import { accessOf } from './access.ts';
import { requestSchema, runSchema, type Call, type Reply } from './control.ts';
import { clientWith } from './definitions.ts';
import { openCloud, type Cloud } from './open-cloud.ts';
import { watchStandstill } from './standstill.ts';

const TOKEN_LIFETIME_SECONDS = 30 * 86_400;

const tell = (reply: Reply): void => {
  process.send?.(reply);
};

async function start(): Promise<void> {
  const run = runSchema.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
  const { startsAt, rate, mode, until, conductorPort } = run;
  const cloud = await openCloud({
    ...{ dataDirectory: run.dataDirectory, assemblyDirectory: run.assemblyDirectory, brokerPort: run.brokerPort, expected: run.expected },
    parameters: { DueRate: run.dueRate, DueShards: '1' },
    clock: { startsAt, rate, mode, port: conductorPort, ...(until !== undefined && { until }) },
    report: (line) => tell({ kind: 'report', line }),
    ...(run.faults !== undefined && { faults: run.faults }),
  });
  const door = await openDoor(cloud, run);
  watchStandstill(cloud, (line) => tell({ kind: 'report', line }));
  void cloud.conductor.finished.then(
    () => tell({ kind: 'finished' }),
    (error: unknown) => tell({ kind: 'failed', reason: reasonOf(error) }),
  );
  process.on('message', (message) => {
    const { id, request } = requestSchema.parse(message);
    carryOut(cloud, request).then(
      (value) => tell({ kind: 'answer', id, value }),
      (error: unknown) => tell({ kind: 'refusal', id, reason: reasonOf(error) }),
    );
  });
  const stop = () => {
    void door
      .close()
      .then(() => cloud.close())
      .finally(() => process.exit(0));
  };
  process.on('disconnect', stop);
  process.on('SIGTERM', stop);
  // The terminal sends this to the whole group; whoever started us decides when it is over.
  process.on('SIGINT', () => undefined);
  tell({ kind: 'ready', brokerCa: cloud.broker.caFile });
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function carryOut(cloud: Cloud, call: Call): Promise<unknown> {
  switch (call.call) {
    case 'memberToken':
      return memberToken(cloud, call);
    case 'operatorToken':
      return token(cloud, { subject: 'operator', username: 'operator', scope: scopes.operate });
    case 'certificate':
      return cloud.broker.issueCertificate(call.thing);
    case 'access':
      return accessOf(cloud);
    case 'pause': {
      cloud.conductor.pause();
      return;
    }
    case 'resume': {
      cloud.conductor.resume();
      return;
    }
    case 'skip':
      return cloud.conductor.skip(call.millis);
    case 'drain':
      cloud.conductor.stopHere();
      return cloud.conductor.finished;
  }
}

const memberToken = (cloud: Cloud, { memberId, householdId }: Extract<Call, { call: 'memberToken' }>) =>
  token(cloud, { subject: memberId, username: memberId, scope: scopes.household, claims: { 'custom:household_id': householdId } });

const token = (cloud: Cloud, { scope, ...who }: { subject: string; username: string; scope: string; claims?: Record<string, string> }) =>
  cloud.tokens.issueToken({ ...who, clientId: clientWith(cloud.template, scope), scopes: [scope], lifetimeSeconds: TOKEN_LIFETIME_SECONDS });

start().catch((error: unknown) => {
  tell({ kind: 'failed', reason: reasonOf(error) });
  // The channel needs a moment to carry the reason before the process is gone.
  setTimeout(() => process.exit(1), 50);
});
