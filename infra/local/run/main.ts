/** `npm start`: synthesizes, starts the cloud, sets the households up, lets them live, and counts what came of it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { readOptions, usage, UsageError, type Options } from '../options.ts';
import { households, STARTS_AT } from '../scenario/scenario.ts';
import { audit, printAudit } from './audit.ts';
import { CloudChild } from './cloud-child.ts';
import { DataDirectory } from './data-directory.ts';
import { claimPort } from './ports.ts';
import { openScreen } from './screen.ts';
import type { Screen } from './screen/screen-contract.ts';
import { apiClient, grantMandate, seedHousehold, seedRetailer } from './seed.ts';
import { tokenFile, writeSimulation } from './simulation-file.ts';
import { shopName, Simulators } from './simulators.ts';
import { synthesize } from './synthesize.ts';

/** Where product time runs fast a minute is too fine: 96 looks a day are enough for lead times of days. */
const DUE_RATE_LOCAL = 'rate(15 minutes)';
/** A message that failed is tried again after minutes on the wall; longer than that and it will not end by itself. */
const DRAIN_WALL_MILLIS_MAX = 600_000;

async function run(options: Options): Promise<number> {
  const data = new DataDirectory(options);
  mkdirSync(data.inside('logs'), { recursive: true });
  mkdirSync(data.inside('tokens'), { recursive: true });
  const interactive = process.stdout.isTTY && !options.headless && options.simulate;
  const screen = openScreen({ interactive });
  const stops: (() => Promise<void>)[] = [];
  try {
    return await live(options, { data, screen, interactive, stops });
  } finally {
    for (const stop of stops.reverse()) await stop();
    screen.close();
    data.release();
  }
}

interface Stage {
  readonly data: DataDirectory;
  readonly screen: Screen;
  readonly interactive: boolean;
  readonly stops: (() => Promise<void>)[];
}

async function live(options: Options, { data, screen, interactive, stops }: Stage): Promise<number> {
  const httpPort = await claimPort(options.port);
  const [brokerPort, conductorPort, shopPort] = [await claimPort(), await claimPort(), await claimPort()];
  screen.step('Reading the template');
  const assemblyDirectory = data.inside('assembly');
  await synthesize(assemblyDirectory);

  const startsAt = Date.parse(STARTS_AT);
  const cloud = new CloudChild(
    {
      ...{ dataDirectory: data.path, assemblyDirectory, httpPort, brokerPort, conductorPort, startsAt, rate: options.speed, dueRate: DUE_RATE_LOCAL },
      mode: options.untilMillis === undefined ? 'real-time' : 'jump',
      ...(options.untilMillis !== undefined && { until: startsAt + options.untilMillis }),
      expected: options.simulate ? ['fridges', 'members', shopName] : [],
    },
    data,
    (line) => {
      screen.note(line);
    },
  );
  stops.push(() => cloud.stop());
  screen.step('Starting the cloud');
  const brokerCa = await cloud.start();
  data.keepAccess(await cloud.access());
  stops.push(() => {
    data.forgetAccess();
    return Promise.resolve();
  });
  if (interactive) data.noteAnsweredByHand();
  const url = `http://127.0.0.1:${httpPort}`;
  screen.step('Moving in');
  const apiUrl = `${url}/api`;
  const operator = apiClient(apiUrl, await cloud.operatorToken());
  const keys = await seedRetailer(operator, `http://127.0.0.1:${shopPort}`);
  const inhabitants = households(options.households);
  for (const household of inhabitants) {
    await seedHousehold(operator, household);
    await cloud.certificate(household.thing);
    const token = await cloud.memberToken(household.memberId, household.householdId);
    writeFileSync(tokenFile(data, household.memberId), token, { mode: 0o600 });
    await grantMandate(apiClient(apiUrl, token), household);
  }
  const simulation = writeSimulation(data, { seed: options.seed, conductorPort, brokerPort, brokerCa, apiUrl, shopPort, keys, households: inhabitants });
  const simulators = options.simulate
    ? new Simulators({
        simulation,
        data,
        handsOff: interactive,
        report: (line) => {
          screen.note(line);
        },
      })
    : undefined;
  if (simulators) stops.push(() => simulators.stop());
  const cutLine = (cut: boolean) => simulators?.cutLine(cut);
  screen.live({ url, cloud, apiUrl, households: inhabitants, tokenFile: (memberId) => tokenFile(data, memberId), cutLine });

  await Promise.race([cloud.finished, screen.quit, ...(options.forWallMillis === undefined ? [] : [wait(options.forWallMillis)])]);
  screen.step('Draining');
  const drained = await Promise.race([cloud.drain().then(() => true), wait(DRAIN_WALL_MILLIS_MAX).then(() => false)]);
  if (!drained) screen.note(`Something is still under way after ${DRAIN_WALL_MILLIS_MAX / 60_000} minutes; what follows is checked as it stands.`);
  screen.step('Checking against the ledgers');
  const result = await audit({ data, access: await cloud.access(), seed: options.seed, households: options.households });
  if (options.summary !== undefined) writeFileSync(options.summary, `${JSON.stringify(result.summary, undefined, 2)}\n`);
  screen.close();
  printAudit(result);
  return drained && result.summary.violations.length === 0 ? 0 : 1;
}

/** Does not keep the program alive: the processes that it looks after do. */
const wait = (millis: number) => new Promise<void>((resolve) => setTimeout(resolve, millis).unref());

try {
  // Said outright: a helper of the module loader would keep the program alive after everything has ended.
  process.exit(await run(readOptions(process.argv.slice(2))));
} catch (error) {
  const sentence = error instanceof Error ? error.message : String(error);
  process.stderr.write(error instanceof UsageError ? `${sentence}\n\n${usage}\n` : `${sentence}\n`);
  process.exit(error instanceof UsageError ? 2 : 1);
}
