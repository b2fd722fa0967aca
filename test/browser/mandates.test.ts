/** Mandates from granting to ending, the stop switch, and the statement of the month. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { expectAccessible, openHouse, type HouseholdInTest } from './house.ts';

const house = await openHouse();

const generous = {
  articles: ['milk'],
  shops: ['rt_frischhof', 'rt_waermewerk'],
  perOrderMaxMinor: 9_000,
  perMonthMaxMinor: 30_000,
  ordersPerWeekMax: 5,
} as const;
const mandateOf = (household: HouseholdInTest) => `man_${household.scenario.key}-1`;
const mandateSchema = z.looseObject({
  view: z.looseObject({
    mandate: z.looseObject({ state: z.string(), evidence: z.looseObject({ memberId: z.string(), language: z.string(), wordingVersion: z.string() }) }),
  }),
  endToken: z.string().optional(),
});
const readMandate = async (household: HouseholdInTest, mandateId = mandateOf(household)) =>
  mandateSchema.parse(await house.done('readMandate', { params: { householdId: household.householdId, mandateId }, as: household.owner }));
const orderSchema = z.looseObject({
  order: z.looseObject({ quote: z.looseObject({ hash: z.string(), total: z.looseObject({ amountMinor: z.number() }) }) }),
  record: z.looseObject({ decision: z.looseObject({ outcome: z.looseObject({ rulesFailed: z.array(z.looseObject({ rule: z.string() })) }) }) }),
});
const readOrder = async ({ householdId, owner }: HouseholdInTest, orderId: string) =>
  orderSchema.parse(await house.done('readOrder', { params: { householdId, orderId }, as: owner }));
const whyAsked = async (household: HouseholdInTest, orderId: string) =>
  (await readOrder(household, orderId)).record.decision.outcome.rulesFailed.map(({ rule }) => rule);

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

it('grants a mandate with the keyboard alone, under the words of the law', { timeout: 90_000 }, async () => {
  const household = await house.newHousehold({ language: 'de', members: [{ name: 'Anna' }] });
  const page = await house.page({ as: household.owner, language: 'de', path: '/app/mandates/new' });
  await heading(page, 'Mandat erteilen').waitFor();
  await page.getByRole('switch', { name: 'Lebensmittel' }).waitFor();
  await expectAccessible(page);
  await house.screenshot(page, 'mandate-new-what');
  const press = async (name: string) => {
    await button(page, name).focus();
    await page.keyboard.press('Enter');
  };
  await press('Weiter');
  await page.getByText('Wähl mindestens eine Art von Waren oder ein Ding.').waitFor();
  await page.getByRole('switch', { name: 'Lebensmittel' }).focus();
  await page.keyboard.press('Space');
  await press('Weiter');
  await page.getByLabel('Höchstens je Bestellung, mit Lieferung').waitFor();
  await page.getByText('Es gibt noch keine Bestellungen zum Vergleichen.').waitFor();
  await page.getByLabel('Höchstens im Kalendermonat').fill('80,00');
  await expectAccessible(page);
  await house.screenshot(page, 'mandate-new-limits');
  await press('Alles prüfen');
  const box = page.locator('.summary-box');
  await box.waitFor();
  const shown = await box.innerText();
  for (const word of ['Lebensmittel', 'Frischhof', '80,00', 'höchstens 2 Bestellungen in sieben Tagen', 'jederzeit, mit zwei Klicks'])
    expect(shown).toContain(word);
  // With the button in one view, also on a small phone.
  const { height = Infinity } = (await box.boundingBox()) ?? {};
  expect(height).toBeLessThan(640 - 64);
  // Nothing stands on the button but the words of the law, and nothing else buys.
  expect(await box.getByRole('button').allInnerTexts()).toEqual(['zahlungspflichtig bestellen']);
  await expectAccessible(page);
  await house.screenshot(page, 'mandate-new-summary');
  await press('zahlungspflichtig bestellen');
  await page.getByText('Dein Mandat ist erteilt.').waitFor();
  const mandateId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const { view } = await readMandate(household, mandateId);
  expect(view.mandate).toMatchObject({
    ...{ state: 'active', categories: ['groceries'], gtins: [], perMonthMax: { amountMinor: 8_000 } },
    evidence: { memberId: household.owner, language: 'de', wordingVersion: '2026-03' },
  });
  await house.screenshot(page, 'mandate-granted');
});

it('says what is left, and asks when an order would pass its cap', { timeout: 90_000, tags: ['long'] }, async () => {
  const household = await house.newHousehold({ mandates: [{ ...generous, perOrderMaxMinor: 50 }] });
  const { orderId } = await house.lowSupply(household);
  expect(await whyAsked(household, orderId)).toEqual(['per-order-cap']);
  const page = await house.page({ as: household.owner, path: '/app/mandates/new' });
  await page.getByRole('switch', { name: 'Groceries' }).check();
  await button(page, 'Next').click();
  await page.getByText('Your last order it would have covered.').waitFor();
  await page.getByLabel('At most per order, with delivery').fill('1.00');
  await page.getByText('Your last order it would not have covered.').waitFor();
});

it('stops everything with one switch, asks then, and goes on after a second look', { timeout: 90_000 }, async () => {
  const household = await house.newHousehold({ mandates: [generous] });
  const page = await house.page({ as: household.owner, path: '/app/mandates' });
  await button(page, 'Stop all automatic buying').click();
  await page.getByRole('radio', { name: 'Too much comes' }).check();
  await expectAccessible(page);
  await button(page, 'Stop now').click();
  await page.getByRole('heading', { name: 'Automatic buying is stopped' }).waitFor();
  await expectAccessible(page);
  await house.screenshot(page, 'mandates-stopped');
  const { orderId } = await house.lowSupply(household);
  expect(await whyAsked(household, orderId)).toEqual(['not-stopped']);
  await button(page, 'Let it buy again').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Let it buy again' }).click();
  await button(page, 'Stop all automatic buying').waitFor();
  await page.getByText('Stop single items or shops').click();
  await page.getByRole('switch', { name: 'Frischhof' }).check();
  await page.getByText('stopped: we ask').waitFor();
});

it('ends in two clicks when one is signed in', { timeout: 90_000, tags: ['long'] }, async () => {
  const household = await house.newHousehold({ language: 'de', mandates: [generous] });
  const page = await house.page({ as: household.owner, language: 'de', path: '/app/mandates' });
  await page.getByRole('link', { name: /Weidemilch/ }).click();
  await button(page, 'Anhalten').click();
  await button(page, 'Weiter kaufen lassen').waitFor();
  await expectAccessible(page);
  await house.screenshot(page, 'mandate');
  await button(page, 'Verträge hier kündigen').click();
  await button(page, 'jetzt kündigen').click();
  await page.getByText('beendet', { exact: true }).waitFor();
  expect((await readMandate(household)).view.mandate.state).toBe('ended');
});

it('ends in two clicks by the link, without signing in, and says the same to every link', { timeout: 90_000 }, async () => {
  const household = await house.newHousehold({ language: 'de', mandates: [generous] });
  const { endToken = '' } = await readMandate(household);
  const end = async (token: string) => {
    const page = await house.page({ language: 'de', path: `/app/end-mandate#${token}` });
    await heading(page, 'Verträge hier kündigen').waitFor();
    await expectAccessible(page);
    await button(page, 'Verträge hier kündigen').click();
    await expectAccessible(page);
    await button(page, 'jetzt kündigen').click();
    await heading(page, 'Deine Kündigung ist eingegangen').waitFor();
    return page;
  };
  const forged = await end(`${household.householdId}.${mandateOf(household)}.forged`);
  expect((await readMandate(household)).view.mandate.state).toBe('active');
  const page = await end(endToken);
  expect((await readMandate(household)).view.mandate.state).toBe('ended');
  const words = (text: string) => text.replace(/rcp_[0-9a-f]+/, '');
  expect(words(await page.locator('main').innerText())).toBe(words(await forged.locator('main').innerText()));
  await expectAccessible(page);
  await house.screenshot(page, 'end-mandate-receipt');
});

it('tells the month with the order behind the figure', { timeout: 90_000, tags: ['long'] }, async () => {
  const household = await house.newHousehold({ language: 'de', members: [{ name: 'Anna' }] });
  const { householdId, owner } = household;
  const { orderId, quoteHash } = await house.lowSupply(household);
  const evidence = { wordingVersion: '2026-03', buttonText: 'zahlungspflichtig bestellen', language: 'de' };
  await house.done('approveOrder', { params: { householdId, orderId }, as: owner, body: { approvalId: `apr_${household.scenario.key}`, quoteHash, evidence } });
  const { order } = await readOrder(household, orderId);
  const page = await house.page({ as: owner, language: 'de', viewport: 'tablet', path: '/app/statement' });
  const spent = page.locator('#figure-spent');
  await spent.waitFor();
  const sum = new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' }).format(order.quote.total.amountMinor / 100);
  expect(await spent.locator('.figure-number').innerText()).toBe(sum);
  await spent.getByText('Die Bestellung dahinter zeigen').click();
  expect(await spent.getByRole('link').getAttribute('href')).toBe(`/app/orders/${orderId}`);
  expect(await spent.innerText()).toContain('Durch Anna');
  await expectAccessible(page);
  await house.screenshot(page, 'statement');
});
