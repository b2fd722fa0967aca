/** The house that browser tests live in: `const house = await openHouse()` once in each file, at its top. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, afterEach, inject } from 'vitest';
import { z } from 'zod';
import { findRunningCloud, type RunningCloud } from '../../infra/local/commands/running-cloud.ts';
import { apiClient } from '../../infra/local/run/api-client.ts';
import { grantMandate, seedHousehold } from '../../infra/local/run/seed.ts';
import { supplyBody } from '../../infra/local/run/supply-body.ts';
import type { ArticleName } from '../../infra/local/scenario/articles.ts';
import { staff } from '../../infra/local/scenario/staff.ts';
import type { RouteName } from '../../shared/api/routes.ts';
import { orderIdSchema, type OrderId } from '../../shared/values.ts';
import { call, type Answered, type Sent } from './api-in-test.ts';
import { imagine, plenty, resident, type HouseholdInTest, type HouseholdWishes } from './household-in-test.ts';
import { expectNoCspViolation, watch } from './page-watch.ts';

export { expectAccessible, expectNoCspViolation } from './page-watch.ts';
export { resident, type HouseholdInTest } from './household-in-test.ts';

const HOUR_MILLIS = 3_600_000;
/** Long enough for a machine that has other things to do: nothing here is proved by being fast. */
const PATIENCE_MILLIS = 45_000;
const VIEWPORTS = {
  phone: { viewport: { width: 360, height: 640 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  tablet: { viewport: { width: 1_280, height: 800 } },
} as const;
/** Needs gather for two hours, and what is due is looked at every quarter of an hour; a shop that has just published is asked again later. */
const HOURS_UNTIL_ASKED = [2.5, 0.5, 1, 4, 8] as const;

export interface PageWishes {
  /** The id of somebody in a household of this test, in the scenario, or of the company; nobody is signed in without one. */
  readonly as?: string;
  readonly language?: 'de' | 'en';
  readonly viewport?: keyof typeof VIEWPORTS;
  readonly dark?: boolean;
  /** Where to begin; the home page of the app unless told. */
  readonly path?: string;
}

export interface LowSupply {
  readonly orderId: OrderId;
  readonly quoteHash: string;
  readonly supplyId: string;
}

const orderSchema = z.looseObject({ orderId: orderIdSchema, quote: z.looseObject({ hash: z.string() }) });
const listSchema = z.looseObject({ orders: z.array(z.looseObject({ order: orderSchema })) });

export class House {
  readonly url: string;
  readonly #cloud: RunningCloud;
  readonly #browser: Browser;
  readonly #contexts = new Set<BrowserContext>();
  readonly #tokens = new Map<string, Promise<string>>();
  readonly #emails = new Map(
    [...[resident('anna'), resident('berger')].flatMap(({ members }) => members), ...staff].map(({ memberId, email }): [string, string] => [memberId, email]),
  );
  #supplies = 0;

  constructor(cloud: RunningCloud, browser: Browser) {
    this.#cloud = cloud;
    this.#browser = browser;
    this.url = cloud.url;
  }

  /** Of a household with fresh ids, of which no other test knows. */
  async newHousehold(wishes: HouseholdWishes = {}): Promise<HouseholdInTest> {
    const household = imagine(wishes);
    await seedHousehold(apiClient(this.#cloud.apiUrl, await this.token()), household.scenario);
    for (const { memberId, email, name } of household.members) {
      await this.#cloud.ask({ call: 'addPerson', memberId, email, name });
      this.#emails.set(memberId, email);
    }
    const owner = apiClient(this.#cloud.apiUrl, await this.token(household.owner));
    for (const mandate of household.scenario.mandates) await grantMandate(owner, household.scenario, mandate);
    return household;
  }

  /** A page in a browser of its own: it shares nothing with another. Signed in the real way, over the provider. */
  async page({ as, path: to = '/app/', ...wishes }: PageWishes = {}): Promise<Page> {
    const context = await this.context(wishes);
    const page = await context.newPage();
    if (as === undefined) {
      await page.goto(`${this.url}${to}`);
      return page;
    }
    const target = new URL(to, this.url);
    target.searchParams.set('as', this.email(as));
    await page.goto(target.href);
    await page.waitForURL(({ pathname, searchParams }) => pathname.startsWith('/app/') && pathname !== '/app/signed-in' && !searchParams.has('as'));
    await page.locator('.frame, main h1').first().waitFor();
    return page;
  }

  /** For several pages in one browser, such as three tabs: they share storage and the service worker. */
  async context({ language = 'en', viewport = 'phone', dark = false }: Omit<PageWishes, 'as' | 'path'> = {}): Promise<BrowserContext> {
    const options: BrowserContextOptions = {
      ...VIEWPORTS[viewport],
      ...{ locale: language === 'de' ? 'de-DE' : 'en-GB', timezoneId: 'Europe/Berlin', colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' },
    };
    const context = await this.#browser.newContext(options);
    context.setDefaultTimeout(PATIENCE_MILLIS);
    this.#contexts.add(context);
    await watch(context);
    return context;
  }

  /** What one signs in with. */
  email(memberId: string): string {
    const email = this.#emails.get(memberId);
    if (email === undefined) throw new Error(`nobody here is ${memberId}`);
    return email;
  }

  /** A bearer token without a page: a member's, or an operator's. */
  token(memberId?: string): Promise<string> {
    const known = this.#tokens.get(memberId ?? '');
    if (known !== undefined) return known;
    const fresh = this.#cloud
      .ask(memberId === undefined ? { call: 'operatorToken' } : { call: 'memberToken', memberId })
      .then((token) => z.string().parse(token));
    this.#tokens.set(memberId ?? '', fresh);
    return fresh;
  }

  /** Calls the API by the name of a route; refusals are answers too. */
  async send(route: RouteName, sent: Sent = {}): Promise<Answered> {
    return call(this.#cloud.apiUrl, route, sent, (as) => this.token(as));
  }

  /** The same, for what has to work. @throws Error with the API's own words */
  async done(route: RouteName, sent: Sent = {}): Promise<unknown> {
    const { status, body } = await this.send(route, sent);
    if (status >= 400) throw new Error(`${route} answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  /** Product time goes on by so much, moment by moment; everything that was due by then has happened. */
  async skip(hours: number): Promise<void> {
    await this.#cloud.ask({ call: 'skip', millis: hours * HOUR_MILLIS });
  }

  /** Something is nearly used up, and an order for it waits for somebody's yes. */
  async lowSupply(household: HouseholdInTest, article: ArticleName = 'milk'): Promise<LowSupply> {
    const { householdId, owner } = household;
    this.#supplies += 1;
    const supplyId = `sup_${household.scenario.key}-low-${this.#supplies}`;
    const body = supplyBody({ ...plenty(article), initial: 0.3 }, { thing: undefined, leadTimeDays: 1.2 });
    const before = new Set((await this.#waiting(householdId, owner)).map(({ orderId }) => orderId));
    await this.done('addSupply', { params: { householdId, supplyId }, body });
    for (const hours of HOURS_UNTIL_ASKED) {
      await this.skip(hours);
      const order = (await this.#waiting(householdId, owner)).find(({ orderId }) => !before.has(orderId));
      if (order !== undefined) return { orderId: order.orderId, quoteHash: order.quote.hash, supplyId };
    }
    throw new Error(`nobody was asked about ${article} within ${HOURS_UNTIL_ASKED.reduce((sum, hours) => sum + hours, 0)} hours`);
  }

  async #waiting(householdId: string, as: string): Promise<z.infer<typeof orderSchema>[]> {
    const answer = await this.done('listOrders', { params: { householdId }, query: { status: 'awaiting-approval' }, as });
    return listSchema.parse(answer).orders.map(({ order }) => order);
  }

  /** Written only where SCREENSHOTS names a folder. */
  async screenshot(page: Page, name: string): Promise<void> {
    const folder = process.env['SCREENSHOTS'];
    if (folder === undefined || folder === '') return;
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
  }

  /** After each test: nothing stays open, and no page had anything to complain about. */
  async tidyUp(): Promise<void> {
    const pages = [...this.#contexts].flatMap((context) => context.pages());
    await Promise.all([...this.#contexts].map((context) => context.close()));
    this.#contexts.clear();
    for (const page of pages) expectNoCspViolation(page);
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

/** Pages are closed after each test; one that complained makes its test fail. */
export async function openHouse(): Promise<House> {
  const house = new House(findRunningCloud(inject('cloudData')), await chromium.connect(inject('browserEndpoint')));
  afterEach(() => house.tidyUp());
  afterAll(() => house.close());
  return house;
}
