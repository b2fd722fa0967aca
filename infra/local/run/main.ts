/** `npm start`: synthesizes, starts the cloud, sets the households up, lets them live, and counts what came of it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { OptionError, readOptions, usage, UsageError, type Options } from '../options.ts';
import type { ScenarioHousehold } from '../scenario/household.ts';
import { households, STARTS_AT } from '../scenario/scenario.ts';
import { shops } from '../scenario/shops.ts';
import { staff } from '../scenario/staff.ts';
import { apiClient, type ApiClient } from './api-client.ts';
import { audit, printAudit } from './audit.ts';
import { CloudChild } from './cloud-child.ts';
import { DataDirectory } from './data-directory.ts';
import { claimPort } from './ports.ts';
import { goLive } from './go-live.ts';
import { openScreen } from './screen.ts';
import type { Screen } from './screen/screen-contract.ts';
import { grantMandate, seedHousehold, seedShop } from './seed.ts';
import { seedCompany, seedWebsite } from './seed-company.ts';
import { tokenFile, writeSimulation, type ShopFacts } from './simulation-file.ts';
import { simulatorNames, Simulators, type SimulatorsOptions } from './simulators.ts';
import { synthesize } from './synthesize.ts';

/** Where product time runs fast a minute is too fine: 96 looks a day are enough for lead times of days. */
const DUE_RATE_LOCAL = 'rate(15 minutes)';
/** A message that failed is tried again after minutes on the wall; longer than that and it will not end by itself. */
const DRAIN_WALL_MILLIS_MAX = 600_000;

async function run(options: Options): Promise<number> {
  const data = new DataDirectory(options);
  mkdirSync(data.inside('logs'), { recursive: true });
  mkdirSync(data.inside('tokens'), { recursive: true });
  data.forgetWhoAnswers();
  const interactive = process.stdout.isTTY && !options.headless && options.simulate;
  const screen = openScreen({ interactive, waits: !options.headless });
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
  const [httpPort, brokerPort, conductorPort] = [await claimPort(options.port), await claimPort(), await claimPort()];
  screen.step('Making the template');
  const assemblyDirectory = data.inside('assembly');
  const built = await synthesize(assemblyDirectory);
  if (built !== '') screen.step(built);

  const inhabitants = households(options.households);
  const startsAt = Date.parse(STARTS_AT);
  const retailerIds = shops.map(({ retailerId }) => retailerId);
  const note = (line: string): void => screen.note(line);
  const cloud = new CloudChild(
    {
      ...{ dataDirectory: data.path, assemblyDirectory, httpPort, brokerPort, conductorPort, startsAt, rate: options.speed, dueRate: DUE_RATE_LOCAL },
      mode: options.untilMillis === undefined ? 'real-time' : 'jump',
      ...(options.untilMillis !== undefined && { until: startsAt + options.untilMillis }),
      tvs: inhabitants.flatMap(tvsOf),
      residents: inhabitants.map(({ householdId }) => householdId),
      expected: options.simulate ? simulatorNames(retailerIds) : [],
      ...(options.faults.length > 0 && { faults: { seed: options.seed, kinds: [...options.faults], file: data.inside('faults.ndjson') } }),
    },
    data,
    note,
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
  data.keepUrl(url);
  screen.step('Moving in');
  const apiUrl = `${url}/api`;
  const operatorToken = await cloud.operatorToken();
  const operator = apiClient(apiUrl, operatorToken);
  const shopFacts: ShopFacts[] = [];
  for (const shop of shops) {
    const port = await claimPort();
    shopFacts.push({ shop, port, keys: await seedShop(operator, shop, `http://127.0.0.1:${port}`) });
  }
  for (const household of inhabitants) await moveIn(household, { data, cloud, apiUrl, operator });
  for (const person of staff) await cloud.addPerson({ ...person, groups: [...person.groups] });
  const company = await seedCompany({ operator, data }, { desk: await cloud.staffToken(staff[0].email), operator: operatorToken });
  // Only the first household waits for whoever sits at the screen; the others live their own lives.
  const answeredByHand = interactive ? inhabitants[0]?.householdId : undefined;
  const simulation = writeSimulation(data, {
    ...{ seed: options.seed, conductorPort, brokerPort, brokerCa, apiUrl, shops: shopFacts, households: inhabitants, answeredByHand },
    ...{ faults: options.faults, replay: options.replay, writeKey: await seedWebsite({ operator, data }), company },
  });
  const simulators = options.simulate ? await simulate({ simulation, data, retailerIds, report: note }, { cloud, operator, shopFacts, stops }) : undefined;
  const cutLine = (cut: boolean) => simulators?.cutLines(cut);
  const whoAnswers = () => answeredOf(inhabitants, data.whoAnswers(), answeredByHand);
  screen.live({ url, cloud, apiUrl, households: inhabitants, answeredByHand, whoAnswers, tokenFile: (memberId) => tokenFile(data, memberId), cutLine });

  const endings = [...(simulators ? [simulators.refused] : []), ...(options.forWallMillis === undefined ? [] : [wait(options.forWallMillis)])];
  await Promise.race([cloud.finished, screen.quit, ...endings]);
  screen.step('Draining: what is under way comes to its end. A second Ctrl-C ends the run at once, unchecked.');
  const drained = await Promise.race([cloud.drain().then(() => true), wait(DRAIN_WALL_MILLIS_MAX).then(() => false)]);
  if (!drained) screen.note(`Something is still under way after ${DRAIN_WALL_MILLIS_MAX / 60_000} minutes; what follows is checked as it stands.`);
  screen.step('Checking against the ledgers');
  const result = await audit({ data, access: await cloud.access(), seed: options.seed, households: options.households });
  if (options.summary !== undefined) writeFileSync(options.summary, `${JSON.stringify(result.summary, undefined, 2)}\n`);
  screen.close();
  printAudit(result);
  return drained && result.summary.violations.length === 0 ? 0 : 1;
}

interface Opening extends Pick<Stage, 'stops'>, Pick<Movers, 'cloud' | 'operator'> {
  readonly shopFacts: readonly ShopFacts[];
}

/** The simulators, and shops that have shown that they work: until then nothing of the product's time passes. */
async function simulate(options: SimulatorsOptions, { cloud, operator, shopFacts, stops }: Opening): Promise<Simulators> {
  await cloud.pause();
  const simulators = new Simulators(options);
  stops.push(() => simulators.stop());
  const areLive = shopFacts.map(({ shop: { retailerId }, port, keys }) =>
    goLive(operator, { retailerId, url: `http://127.0.0.1:${port}`, secretToRetailer: keys.toRetailer }, options.data.inside('clock.json')),
  );
  await Promise.race([Promise.all(areLive), simulators.refused]);
  await cloud.resume();
  return simulators;
}

interface Movers {
  readonly data: DataDirectory;
  readonly cloud: CloudChild;
  readonly apiUrl: string;
  readonly operator: ApiClient;
}

/** A household with its people, devices and mandates; each mandate is granted by the member whose it is. */
async function moveIn(household: ScenarioHousehold, { data, cloud, apiUrl, operator }: Movers): Promise<void> {
  const { members, things, mandates } = household;
  await seedHousehold(operator, household);
  for (const { thing } of things) await cloud.certificate(thing);
  for (const { memberId, email, name } of members) {
    await cloud.addPerson({ memberId, email, name });
    const token = await cloud.memberToken(memberId);
    writeFileSync(tokenFile(data, memberId), token, { mode: 0o600 });
    const own = mandates.filter(({ grantedBy }) => grantedBy === memberId);
    for (const mandate of own) await grantMandate(apiClient(apiUrl, token), household, mandate);
  }
}

/** The households for which a person answers: at this screen, or in the app. */
const answeredOf = (inhabitants: readonly ScenarioHousehold[], membersByHand: readonly string[], atScreen: string | undefined): string[] =>
  inhabitants
    .filter(({ householdId, members }) => householdId === atScreen || members.some(({ memberId }) => membersByHand.includes(memberId)))
    .map(({ householdId }) => householdId);

/** The screens of a household on which somebody is signed in. */
const tvsOf = ({ householdId, things }: ScenarioHousehold) =>
  things.flatMap(({ thing, name, signedInMemberId: memberId }) => (memberId === undefined ? [] : [{ thing, name, householdId, memberId }]));

/** Does not keep the program alive: the processes that it looks after do. */
const wait = (millis: number) => new Promise<void>((resolve) => setTimeout(resolve, millis).unref());

try {
  // Said outright: a helper of the module loader would keep the program alive after everything has ended.
  process.exit(await run(readOptions(process.argv.slice(2))));
} catch (error) {
  const sentence = error instanceof Error ? error.message : String(error);
  process.stderr.write(error instanceof OptionError ? `${sentence}\n\n${usage}\n` : `${sentence}\n`);
  process.exit(error instanceof UsageError ? 2 : 1);
}
