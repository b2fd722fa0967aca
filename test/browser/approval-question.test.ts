import { describe, expect, it } from 'vitest';
import { urls } from '../../app/urls.ts';
import { supplyBody } from '../../infra/local/run/supply-body.ts';
import { approvalsIn, BUTTON, orderButton } from './approvals-in-test.ts';
import { plenty } from './household-in-test.ts';
import { expectAccessible, openHouse } from './house.ts';

const house = await openHouse();
const { asked, open } = approvalsIn(house);

describe('the question', () => {
  it.each(['en', 'de'] as const)('shows on a small phone (%s), without scrolling, everything that the law and common sense want seen', async (language) => {
    const { home, low } = await asked({ language, members: [{ name: 'Anna' }] });
    const page = await open(home.owner, low, { language });
    const button = orderButton(page, language);
    expect(await button.textContent()).toBe(BUTTON[language]);
    const seen = [
      page.locator('.approval-why'),
      page.locator('.approval-why time'),
      page.locator('.approval-line strong').first(),
      page.locator('.approval-line').getByText(/\/ 1.l/),
      page.locator('.approval-line').getByText(language === 'de' ? 'Widerrufsrecht: nein' : 'Right of withdrawal: no'),
      page.getByText('Frischhof', { exact: true }),
      page.getByText(language === 'de' ? /^etwa / : /^about /),
      page.locator('dd.approval-total'),
      button,
      page.getByRole('button', { name: language === 'de' ? 'Nein, danke' : 'No, thanks' }),
    ];
    const bottom = (await page.locator('.navigation').boundingBox())?.y ?? 0;
    for (const element of seen) {
      const box = await element.boundingBox();
      expect([await element.textContent(), box !== null && box.y >= 0 && box.x >= 0 && box.x + box.width <= 360 && box.y + box.height <= bottom]).toEqual([
        expect.any(String),
        true,
      ]);
    }
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await expectAccessible(page);
    await house.screenshot(page, `approval-phone-${language}`);
  });

  it.each(['en', 'de'] as const)(
    'that comes although there is a mandate says why in one sentence (%s), and all of it still stands on a small phone',
    async (language) => {
      const home = await house.newHousehold({
        ...{ language, members: [{ name: 'Anna' }] },
        mandates: [{ articles: ['milk'], shops: ['rt_frischhof'], perOrderMaxMinor: 200, perMonthMaxMinor: 10_000, ordersPerWeekMax: 7 }],
      });
      const low = await house.lowSupply(home);
      const page = await open(home.owner, low, { language, dark: language === 'de' });
      const sentence = page.locator('.approval-asked');
      expect(await sentence.textContent()).toMatch(
        language === 'de'
          ? /^Wir fragen trotz Mandat: \S+\s€ sind mehr als seine 2,00\s€ je Bestellung\./
          : /^We ask although you have a mandate: €\S+ is more than its €2\.00 per order\./,
      );
      const bottom = (await page.locator('.navigation').boundingBox())?.y ?? 0;
      for (const element of [sentence, page.locator('.approval-line strong').first(), page.locator('dd.approval-total'), orderButton(page, language)]) {
        const box = await element.boundingBox();
        expect(box !== null && box.y >= 0 && box.x + box.width <= 360 && box.y + box.height <= bottom).toBe(true);
      }
      await expectAccessible(page);
      await house.screenshot(page, `approval-asked-phone-${language}`);
      await page.goto(`${house.url}${urls.why(low.orderId)}`);
      await page.locator('.approval-asked').waitFor();
      await expectAccessible(page);
      await house.screenshot(page, `why-asked-phone-${language}`);
    },
  );

  it('with many goods keeps them, the sum and the button together in view', { tags: ['long'] }, async () => {
    const home = await house.newHousehold({ members: [{ name: 'Anna' }], supplies: [] });
    const goods = ['milk', 'butter', 'eggs', 'cheese', 'tabs', 'juice'] as const;
    for (const article of goods) {
      const supplyId = `sup_${home.scenario.key}-${article}`;
      await house.done('addSupply', {
        params: { householdId: home.householdId, supplyId },
        body: supplyBody(plenty(article, 0.3), { thing: undefined, leadTimeDays: 1.2 }),
      });
    }
    const low = await house.lowSupply(home, 'yoghurt');
    const page = await open(home.owner, low);
    expect(await page.locator('.approval-line').count()).toBeGreaterThan(3);
    const viewport = { top: 0, bottom: (await page.locator('.navigation').boundingBox())?.y ?? 0 };
    for (const element of [page.locator('.approval-lines'), page.locator('dd.approval-total'), orderButton(page)]) {
      const box = await element.boundingBox();
      expect(box !== null && box.y >= viewport.top && box.y + box.height <= viewport.bottom).toBe(true);
    }
    await expectAccessible(page);
    await house.screenshot(page, 'approval-phone-many');
  });

  it('says of what came along what brought it, in either language', { tags: ['long'] }, async () => {
    const { home, low } = await asked({ members: [{ name: 'Anna' }] });
    const page = await house.page({ as: home.owner, language: 'de', dark: true });
    const saying = async (joined: object, text: RegExp, shot: string) => {
      await page.route(`**/orders/${low.orderId}`, async (route) => {
        const response = await route.fetch();
        const view = (await response.json()) as { order: { quote: { lineItems: object[] } } };
        view.order.quote.lineItems = view.order.quote.lineItems.map((line) => ({ ...line, joined }));
        await route.fulfill({ response, json: view });
      });
      await page.goto(`${house.url}${urls.approval(low.orderId)}`);
      await page.locator('.approval-line').getByText(text).waitFor();
      await house.screenshot(page, shot);
      await page.goto(`${house.url}${urls.why(low.orderId)}`);
      await page.getByRole('heading', { name: /^Was mitkam: / }).waitFor();
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    };
    const ownOrderAt = '2026-03-20T08:00:00.000Z';
    const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
    await saying({ saves: euros(350), ownOrderAt, lifts: 'free-delivery' }, /Damit ist die Lieferung frei, spart im Ganzen 3,50/, 'approval-free-delivery-de');
    await page.setViewportSize({ width: 820, height: 1_180 });
    await saying({ saves: euros(0), ownOrderAt, lifts: 'minimum-order' }, /Kleinere Bestellungen nimmt der Händler nicht/, 'approval-minimum-de-820');
    await expectAccessible(page);
  });

  it('shows a name that tries to be a script as the text that it is', async () => {
    const { home, low } = await asked();
    const page = await house.page({ as: home.owner });
    await page.route(`**/orders/${low.orderId}`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replaceAll('Weidemilch 1 l', '<img src=x onerror=alert(1)>') });
    });
    page.on('dialog', () => expect.unreachable('a script ran'));
    await page.goto(`${house.url}${urls.approval(low.orderId)}`);
    await page.locator('.approval-line').getByText('<img src=x onerror=alert(1)>').waitFor();
    expect(await page.locator('.approval-box img').count()).toBe(0);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });
});
