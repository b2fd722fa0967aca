/** Leads in the console: people who asked on a web page before they had a household; the way, the stages, one with its story, handed to sales. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { urls } from '../../app/urls.ts';
import { expectAccessible, openHouse } from './house.ts';

const house = await openHouse();
const WEBER = 'staff_weber';
const keySchema = z.looseObject({ writeKey: z.string() });
let sent = 0;

async function website() {
  const params = { sourceId: 'src_leads-page' };
  const terms = { name: 'Web site', types: ['track', 'identify', 'page'], channel: 'web', initiator: 'customer', phase: 'information', perMinute: 600 };
  await house.done('putSource', { params, body: terms });
  const { writeKey } = keySchema.parse(await house.done('createWriteKey', { params: { ...params, keyId: `k${Date.now()}` } }));
  return async (anonymousId: string, ...messages: object[]) => {
    const batch = messages.map((message) => ({ messageId: `lead-page-${(sent += 1)}`, anonymousId, ...message }));
    await house.done('batch', { body: { writeKey, batch } });
    await house.skip(2);
  };
}
const page_ = (name: string) => ({ type: 'page', name });
const known = (email: string) => ({ type: 'identify', traits: { email } });
const did = (event: string, email: string, properties: object = {}, channel = 'web') => ({
  ...{ type: 'track', event, properties, context: { channel, traits: { email } } },
});

async function threePeople(): Promise<void> {
  const visit = await website();
  const [vera, karl, nora] = ['vera@example.org', 'karl@example.org', 'nora@example.org'];
  await visit('visitor-vera', page_('Fridges'), page_('Prices'), known(vera));
  await visit('visitor-vera', { ...did('Newsletter Subscribed', vera, { form: 'newsletter', consent: true, device: 'fridge', people: 3 }) });
  await visit('visitor-vera', did('Email Delivered', vera, { subject: 'Welcome' }, 'e-mail'), did('Email Opened', vera, { subject: 'Welcome' }, 'e-mail'));
  await visit('visitor-vera', page_('How it works'), { type: 'track', event: 'Product Viewed', properties: { product: 'fridge-sensor' } });
  await visit('visitor-karl', known(karl), page_('Prices'), did('Callback Requested', karl, { form: 'call me', device: 'heating', people: 2 }));
  await visit('visitor-nora', known(nora), did('Newsletter Subscribed', nora, { form: 'newsletter', consent: true }));
  await visit('visitor-nora', did('Unsubscribed', nora, {}, 'e-mail'));
}

describe('whoever looks after leads', () => {
  it('sees how far they came, opens one for a reason, reads its story and hands it to sales', async () => {
    await threePeople();
    const page = await house.page({ as: WEBER, path: urls.leads, viewport: 'tablet' });
    await page.getByRole('heading', { level: 1, name: 'Leads' }).waitFor();
    await page.getByRole('button', { name: /Came back/ }).waitFor();
    expect(await page.locator('main').innerText()).not.toContain('lead_');
    await expectAccessible(page);
    await page.getByRole('button', { name: /1 Came back/ }).click();
    await page.getByRole('textbox', { name: 'Why do you want to see who it is?' }).fill('calls of this morning');
    await page.getByRole('button', { name: 'Show them' }).click();
    await page.getByText('has a device that we can supply (+20)', { exact: true }).waitFor();
    await expectAccessible(page);
    await house.screenshot(page, 'console-leads-tablet-en');
    await page.getByRole('link', { name: /E-mail …/ }).click();
    await page.getByText('Looked at a product: “fridge-sensor”').first().waitFor();
    await expectAccessible(page);
    await house.screenshot(page, 'console-lead-tablet-en');
    await page.getByRole('textbox', { name: 'Why' }).fill('wants to start before Easter');
    await page.getByRole('button', { name: 'Hand over to sales' }).click();
    await page.getByText('handed over: wants to start before Easter').waitFor();
    expect(await page.getByRole('button', { name: 'Hand over to sales' }).count()).toBe(0);
  });

  it('reads it in German on a telephone in the dark', { tags: ['long'] }, async () => {
    await house.skip(1);
    const phone = await house.page({ as: WEBER, path: urls.leads, language: 'de', dark: true });
    await phone.getByRole('heading', { level: 1, name: 'Interessenten' }).waitFor();
    await phone.getByRole('button', { name: /Beim Vertrieb/ }).click();
    await phone.getByRole('textbox', { name: 'Wozu willst du sehen, wer es ist?' }).fill('Anrufe heute');
    await phone.getByRole('button', { name: 'Zeigen' }).click();
    await phone
      .getByText(/übergeben, weil genug Punkte zusammenkamen/)
      .first()
      .waitFor();
    await expectAccessible(phone);
    await house.screenshot(phone, 'console-leads-phone-de-dark');
    await phone
      .getByRole('link', { name: /E-Mail …/ })
      .first()
      .click();
    await phone.getByRole('heading', { name: 'Geschichte' }).waitFor();
    await expectAccessible(phone);
    await house.screenshot(phone, 'console-lead-phone-de-dark');
  });

  it('finds beside the other rules what points are given for', async () => {
    const page = await house.page({ as: WEBER, path: urls.rules, language: 'de', viewport: 'tablet' });
    const card = page.locator('.card').filter({ has: page.getByRole('heading', { name: 'Interessenten: wofür es Punkte gibt' }) });
    await card.getByRole('cell', { name: 'hat um einen Anruf gebeten' }).waitFor();
    await card.getByText('Als Text ändern').click();
    expect(await card.getByRole('textbox').inputValue()).toContain('"handOverAt": 60');
    await expectAccessible(page);
    await house.screenshot(page, 'console-lead-rules-tablet-de');
  });

  it('is nobody who only lives in a household', async () => {
    const home = await house.newHousehold({ name: 'Haushalt Neugier', members: [{ name: 'Nele' }] });
    const page = await house.page({ as: home.owner, path: urls.leads, viewport: 'phone' });
    await page.getByText('This account is not in the group of those who look after households.').waitFor();
  });
});
