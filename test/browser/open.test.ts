/** The doors of the app: one click, the real sign-in, the stage, and what is served under the app's address. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { orderButtonTexts } from '../../shared/order/order-button.ts';
import { expectAccessible, openHouse, resident } from './house.ts';

const house = await openHouse();
/** Whose household somebody sees: only their own sign-in shows it to them. */
const household = (place: Page | FrameLocator) => place.locator('.brand small').textContent();

describe('one click', () => {
  it('leads from the window to Anna’s app, signed in, in a tab of its own', async () => {
    const context = await house.context({ viewport: 'tablet' });
    const page = await context.newPage();
    await page.goto(house.url);
    const [app] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: 'as Anna', exact: true }).click()]);
    expect(await household(app)).toBe('Anna');
    expect(app.url()).toBe(`${house.url}/app/`);
  });

  it('leads to the stage, where two people are signed in side by side and neither disturbs the other', async () => {
    const context = await house.context({ viewport: 'tablet' });
    const page = await context.newPage();
    await page.goto(house.url);
    await page.getByRole('link', { name: 'side by side' }).click();
    const phone = (who: string) => page.frameLocator(`iframe[title="The app of ${who}"]`);
    expect(await Promise.all([household(phone('Anna')), household(phone('Ben'))])).toEqual(['Anna', 'Familie Berger']);
    await house.screenshot(page, 'stage');
    await page.locator('#right-who').selectOption({ label: 'Clara · clara@example.org' });
    expect(await household(phone('Clara'))).toBe('Familie Berger');
    expect(await household(phone('Anna'))).toBe('Anna');
    await page.reload();
    expect(await household(phone('Anna'))).toBe('Anna');
    await expectAccessible(page);
  });

  it('leads from the question in the window to the same question in the app, as somebody who may answer it', async () => {
    const anna = resident('anna');
    const { orderId } = await house.lowSupply(anna, 'yoghurt');
    const context = await house.context({ viewport: 'tablet' });
    const page = await context.newPage();
    await page.goto(house.url);
    await page.locator(`[data-household-id="${anna.householdId}"]`).click();
    const link = page.locator(`a[href*="/app/approvals/${orderId}?as="]`);
    expect(await link.textContent()).toBe('Answer as Anna');
    const [app] = await Promise.all([context.waitForEvent('page'), link.click()]);
    await app.getByRole('button', { name: orderButtonTexts.en[0], exact: true }).waitFor();
    expect([await household(app), new URL(app.url()).pathname]).toEqual(['Anna', `/app/approvals/${orderId}`]);
    await house.screenshot(page, 'window-asked');
    const phone = await (await house.context({ language: 'de', dark: true })).newPage();
    await phone.goto(house.url);
    await phone.getByRole('link', { name: 'Als Anna antworten' }).first().waitFor();
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await house.screenshot(phone, 'window-asked-phone-de');
  });

  it('on the stage stops the clock and lets it go on', async () => {
    const page = await (await house.context({ viewport: 'tablet' })).newPage();
    await page.goto(`${house.url}/stage`);
    const clock = page.locator('#mode');
    // The house of the tests begins with a clock that stands.
    await page.getByRole('button', { name: 'Go on' }).click();
    await clock.getByText('h a second').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await clock.getByText('paused').waitFor();
  });

  it('on the stage lets the TV’s remote control answer, and the shops’ books say what came of it', { tags: ['long'] }, async () => {
    const anna = resident('anna');
    const { orderId } = await house.lowSupply(anna, 'cheese');
    const page = await (await house.context({ viewport: 'tablet' })).newPage();
    await page.goto(`${house.url}/stage`);
    // Another question may stand on the same screen.
    const card = page.locator('#screen article', { hasText: 'käse' });
    await card.waitFor();
    await house.screenshot(page, 'stage-asked');
    await card.getByRole('button', { name: orderButtonTexts.en[0], exact: true }).click();
    await card.waitFor({ state: 'detached' });
    const approved = await house.done('readOrder', { params: { householdId: anna.householdId, orderId }, as: anna.owner });
    expect(approved).toMatchObject({ order: { approval: { by: { kind: 'person', memberId: 'mem_anna', screen: 'tv' } } } });
    await house.skip(1);
    await page.locator('#receipts').getByText('käse').first().waitFor();
    await house.screenshot(page, 'stage-answered');
  });
});

describe('without being expected', () => {
  it('a person is asked who they are, and comes to the page that they wanted', async () => {
    const anna = await house.newHousehold({ members: [{ name: 'Mira' }] });
    const page = await house.page({ path: '/app/more' });
    await page.getByRole('button', { name: /sign in/i }).click();
    await page.getByRole('heading', { name: 'Who are you?' }).waitFor();
    await page.getByRole('button', { name: house.email(anna.owner) }).click();
    await page.waitForURL(`${house.url}/app/more`);
    expect(await household(page)).toBe('Mira');
  });

  it('nobody is signed in by an address that nobody here has', async () => {
    const page = await house.page({ path: '/app/?as=eve@example.org' });
    await page.getByRole('heading', { name: 'Who are you?' }).waitFor();
  });
});

describe('the app’s address', () => {
  const get = (to: string, headers: Record<string, string> = {}) => fetch(`${house.url}${to}`, { headers, redirect: 'manual' });

  it('answers with the headers of the template', async () => {
    const template = readFileSync(path.join(inject('cloudData'), 'assembly', 'Nachschub.template.json'), 'utf8');
    const { Resources: resources } = z
      .object({ Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: z.unknown() })) })
      .parse(JSON.parse(template));
    const policies = Object.values(resources).filter(({ Type: type }) => type === 'AWS::CloudFront::ResponseHeadersPolicy');
    const policySchema = z.object({
      ResponseHeadersPolicyConfig: z.object({
        SecurityHeadersConfig: z.object({
          ContentSecurityPolicy: z.object({ ContentSecurityPolicy: z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) }) }),
        }),
        CustomHeadersConfig: z.object({ Items: z.array(z.object({ Header: z.string(), Value: z.string() })) }),
      }),
    });
    const [policy] = policies.flatMap(({ Properties: properties }) => policySchema.safeParse(properties).data ?? []);
    const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } = policySchema.shape.ResponseHeadersPolicyConfig.parse(
      policy?.ResponseHeadersPolicyConfig,
    );
    const { headers } = await get('/app/');
    expect(custom.Items.map(({ Header: name }) => headers.get(name))).toEqual(custom.Items.map(({ Value: value }) => value));
    const served = headers.get('content-security-policy') ?? '';
    for (const part of security.ContentSecurityPolicy.ContentSecurityPolicy['Fn::Join'][1]) if (typeof part === 'string') expect(served).toContain(part);
    expect(served).toContain(`connect-src 'self' ${house.url}/oidc/`);
    expect(headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains');
  });

  it('opens the app for every path that is none of a file, and has no file that is not there', async () => {
    const [home, deep, missing, missingPage] = await Promise.all(
      ['/app/', '/app/orders/ord_1/why', '/app/assets/gone.js', '/app/gone.png'].map((to) => get(to)),
    );
    expect([home?.status, deep?.status, missing?.status, missingPage?.status]).toEqual([200, 200, 404, 404]);
    expect(await deep?.text()).toBe(await home?.text());
    expect([home?.headers.get('cache-control'), missing?.headers.get('cache-control')]).toEqual(['no-cache', null]);
    expect((await get('/app')).headers.get('location')).toBe('/app/');
  });

  it('keeps a file whose name follows from its content, sends it packed, and sends nothing that is known already', async () => {
    const script = /src="(\/app\/assets\/[^"]+\.js)"/.exec(await (await get('/app/')).text())?.[1] ?? '';
    const first = await get(script, { 'accept-encoding': 'gzip' });
    expect([first.status, first.headers.get('cache-control'), first.headers.get('content-encoding')]).toEqual([
      200,
      'public, max-age=31536000, immutable',
      'gzip',
    ]);
    expect((await get(script, { 'if-none-match': first.headers.get('etag') ?? '' })).status).toBe(304);
  });

  it('tells the app where it is, and leads below /api to the API, which knows nothing of that', async () => {
    const config = z.record(z.string(), z.string()).parse(await (await get('/app/config.json')).json());
    expect(config).toMatchObject({ issuer: `${house.url}/oidc`, apiUrl: '/api', mqttUrl: `${house.url.replace('http', 'ws')}/mqtt` });
    expect([config['clientId'], config['authorizerName']].every((value) => value !== undefined && value !== '' && !value.includes('marker'))).toBe(true);
    const described = await get('/api/openapi.json');
    expect([described.status, described.headers.get('x-content-type-options')]).toEqual([200, 'nosniff']);
    expect(await described.json()).toMatchObject({ servers: [{ url: `${house.url}/api` }] });
  });
});
