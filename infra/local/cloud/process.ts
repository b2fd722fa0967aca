/** The local cloud as a process of its own: it may be killed at any moment and started again. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ANSWERED_BY_HAND, BY_HAND } from '../auditor/answered-by-hand.ts';
import { openDoor } from './door.ts';
import { accessOf } from './access.ts';
import { requestSchema, runSchema, type Call, type Reply } from './control.ts';
import { issueToken } from './issue-token.ts';
import { openCloud, type Cloud } from './open-cloud.ts';
import { parametersOf } from './parameters.ts';
import { watchStandstill } from './standstill.ts';

const tell = (reply: Reply): void => {
  process.send?.(reply);
};

async function start(): Promise<void> {
  const run = runSchema.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
  const { startsAt, rate, mode, until, conductorPort, httpPort } = run;
  const cloud = await openCloud({
    ...{ dataDirectory: run.dataDirectory, assemblyDirectory: run.assemblyDirectory, brokerPort: run.brokerPort, expected: run.expected },
    parameters: parametersOf(run),
    issuer: `http://127.0.0.1:${httpPort}/oidc`,
    clock: { startsAt, rate, mode, port: conductorPort, ...(until !== undefined && { until }) },
    report: (line) => tell({ kind: 'report', line }),
    ...(run.faults !== undefined && { faults: run.faults }),
  });
  cloud.identity.onSignIn((memberId) => {
    mkdirSync(path.join(run.dataDirectory, BY_HAND), { recursive: true });
    for (const file of [path.join(BY_HAND, memberId), ANSWERED_BY_HAND]) writeFileSync(path.join(run.dataDirectory, file), '');
  });
  const door = await openDoor(cloud, run, (call) => {
    // Whoever has a member's token by their address may answer with it, and the members' ledger will not know.
    if (call.call === 'memberToken' && 'email' in call) writeFileSync(path.join(run.dataDirectory, ANSWERED_BY_HAND), '');
    return carryOut(cloud, call);
  });
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
    case 'addPerson':
      return cloud.identity.people.add({ memberId: call.memberId, email: call.email, name: call.name, ...(call.groups && { groups: call.groups }) });
    case 'memberToken':
    case 'staffToken':
    case 'operatorToken':
    case 'collectorToken':
    case 'retailerToken':
      return issueToken(cloud, call);
    case 'certificate':
      return cloud.broker.issueCertificate(call.thing);
    case 'revoke':
      return cloud.broker.revoke(call.thing);
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

start().catch((error: unknown) => {
  tell({ kind: 'failed', reason: reasonOf(error) });
  // The channel needs a moment to carry the reason before the process is gone.
  setTimeout(() => process.exit(1), 50);
});
