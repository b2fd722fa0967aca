import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { urls } from '../../app/urls.ts';
import { supplyBody } from '../../infra/local/run/supply-body.ts';
import { plenty } from './household-in-test.ts';
import { expectAccessible, openHouse, type HouseholdInTest, type LowSupply } from './house.ts';

const house = await openHouse();

const BUTTON = { en: 'order with obligation to pay', de: 'zahlungspflichtig bestellen' } as const;
const orderButton = (page: Page, language: keyof typeof BUTTON = 'en') => page.getByRole('button', { name: BUTTON[language], exact: true });
const ordered = (page: Page) => page.getByRole('heading', { name: 'Ordered', exact: true });

async function asked(
  wishes: Parameters<typeof house.newHousehold>[0] = { members: [{ name: 'Anna' }, { name: 'Ben' }] },
): Promise<{ home: HouseholdInTest; low: LowSupply }> {
  const home = await house.newHousehold(wishes);
  return { home, low: await house.lowSupply(home) };
}
const memberOf = ({ members }: HouseholdInTest, index: number) => members[index]?.memberId ?? '';
const open = async (as: string, { orderId }: LowSupply, more: object = {}) => {
  const page = await house.page({ as, path: urls.approval(orderId), ...more });
  await page.locator('.approval-box').waitFor();
  return page;
};

interface Seen {
  readonly order: {
    readonly status: string;
    readonly quote: { readonly hash: string; readonly lineItems: readonly { readonly needId: string; readonly gtin: string; readonly quantity: number }[] };
  };
  readonly record: { readonly approval?: { readonly evidence: unknown; readonly by: { readonly approvalId: string } }; readonly refusal?: unknown };
}
const read = async ({ householdId, owner }: HouseholdInTest, { orderId }: LowSupply) =>
  (await house.done('readOrder', { params: { householdId, orderId }, as: owner })) as Seen;

const changeBy = async (home: HouseholdInTest, low: LowSupply, as: string, quantity: number) => {
  const { order } = await read(home, low);
  const lines = order.quote.lineItems.map(({ needId, gtin }) => ({ needId, gtin, quantity }));
  const params = { householdId: home.householdId, orderId: low.orderId };
  await house.done('changeOrder', { params, as, body: { changeId: `chg_${low.orderId.slice(4, 20)}`, quoteHash: order.quote.hash, lines } });
};

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

describe('a yes', () => {
  it('on one phone takes the question from the other, and what was seen stays with the order', async () => {
    const { home, low } = await asked();
    const [anna, ben] = await Promise.all([open(memberOf(home, 0), low), open(memberOf(home, 1), low, { language: 'de' })]);
    await orderButton(anna).click();
    await Promise.all([
      ordered(anna).waitFor(),
      ben
        .getByRole('heading', { name: 'Ordered', exact: true })
        .or(ben.getByRole('heading', { name: 'Bestellt', exact: true }))
        .waitFor(),
    ]);
    expect(await orderButton(ben, 'de').count()).toBe(0);
    const { record } = await read(home, low);
    expect(record.approval?.evidence).toMatchObject({ buttonText: BUTTON.en, language: 'en', quoteHash: low.quoteHash });
    await house.screenshot(anna, 'approval-done');
    await expectAccessible(anna);
    // From there a mandate for just this is three taps away.
    await anna.getByRole('link', { name: 'Always buy this without asking?' }).click();
    await anna.getByRole('switch', { name: 'milk', checked: true }).first().waitFor();
    expect(await anna.getByRole('switch', { name: 'Groceries', checked: false }).count()).toBe(1);
  });

  it('can be said with the keyboard alone', async () => {
    const { home, low } = await asked();
    const page = await open(home.owner, low);
    for (let presses = 0; presses < 60 && (await page.evaluate(() => document.activeElement?.textContent)) !== BUTTON.en; presses += 1)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await ordered(page).waitFor();
  });

  it('to what was changed on another device meanwhile is not taken, and what changed is said', async () => {
    const { home, low } = await asked();
    const page = await open(home.owner, low);
    // Deaf to what happens elsewhere, as a phone in a tunnel is.
    await page.context().route('**/api/**', (route) => route.abort());
    await changeBy(home, low, memberOf(home, 1), 9);
    await orderButton(page).click();
    await page.getByText('Until then nothing is ordered.').waitFor();
    await page.context().unroute('**/api/**');
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.getByText('Somebody changed this order before your answer arrived.').waitFor();
    await page.getByText(/The total was .* and is now/).waitFor();
    expect((await read(home, low)).order.status).toBe('awaiting-approval');
    await page.getByRole('button', { name: 'All right' }).click();
    await page.getByRole('button', { name: 'I have seen it' }).click();
    await orderButton(page).click();
    await ordered(page).waitFor();
    expect((await read(home, low)).record.approval?.evidence).toMatchObject({ quoteHash: (await read(home, low)).order.quote.hash });
  });

  it('in three tabs with the network cut after the first send is one, and all tabs see the same', async () => {
    const { home, low } = await asked();
    const first = await open(home.owner, low);
    const context = first.context();
    const others = await Promise.all(
      [1, 2].map(async () => {
        const tab = await context.newPage();
        await tab.goto(`${house.url}${urls.approval(low.orderId)}?as=${encodeURIComponent(house.email(home.owner))}`);
        await tab.locator('.approval-box').waitFor();
        return tab;
      }),
    );
    let sent = 0;
    // The first send arrives and its answer is lost; after that nothing gets through.
    await context.route('**/approve', async (route) => {
      sent += 1;
      if (sent === 1) await route.fetch();
      await route.abort().catch(() => undefined);
    });
    await Promise.all(
      [first, ...others].map((tab) =>
        orderButton(tab)
          .click()
          .catch(() => undefined),
      ),
    );
    await context.unroute('**/approve');
    await Promise.all([first, ...others].map((tab) => tab.evaluate(() => dispatchEvent(new Event('online')))));
    await Promise.all([first, ...others].map((tab) => ordered(tab).waitFor()));
    const params = { householdId: home.householdId };
    const { orders } = (await house.done('listOrders', { params, as: home.owner })) as { orders: unknown[] };
    expect([orders.length, (await read(home, low)).record.approval?.by.approvalId]).toEqual([1, expect.stringMatching(/^apr_[0-9a-f]{16}$/)]);
  });

  it('said offline waits, says so, outlives a reload and is sent once there is a connection', async () => {
    const { home, low } = await asked();
    const page = await open(home.owner, low);
    await page.context().route('**/api/**', (route) => route.abort());
    await orderButton(page).click();
    await page.getByText('Until then nothing is ordered.').waitFor();
    expect((await read(home, low)).order.status).toBe('awaiting-approval');
    await house.screenshot(page, 'approval-kept');
    await page.context().unroute('**/api/**');
    await page.reload();
    await ordered(page).waitFor();
  });
});

describe('a no', () => {
  it('comes with its reason, in words that only the household reads', { tags: ['long'] }, async () => {
    const { home, low } = await asked();
    const page = await open(home.owner, low);
    await page.getByRole('button', { name: 'No, thanks' }).click();
    await page.getByLabel('Something else').check();
    await page.getByLabel('What is it?').fill('Grandma brings some');
    await expectAccessible(page);
    await house.screenshot(page, 'approval-decline');
    await page.getByRole('button', { name: 'Do not buy' }).click();
    await page.getByText('Something else: Grandma brings some').waitFor();
    expect((await read(home, low)).record.refusal).toMatchObject({ reason: 'other', comment: 'Grandma brings some' });
  });

  it('for later is no answer', { tags: ['long'] }, async () => {
    const { home, low } = await asked();
    const page = await open(home.owner, low);
    await page.getByRole('button', { name: 'No, thanks' }).click();
    await page.getByLabel('I decide later').check();
    await page.getByRole('button', { name: 'Ask me later' }).click();
    await page.waitForURL(`**${urls.home}`);
    expect((await read(home, low)).order.status).toBe('awaiting-approval');
  });
});

describe('another number', () => {
  it('has its new price shown, and that is what is bought', async () => {
    const { home, low } = await asked();
    const [anna, ben] = await Promise.all([open(memberOf(home, 0), low), open(memberOf(home, 1), low)]);
    const before = await anna.locator('dd.approval-total').textContent();
    await anna.getByRole('button', { name: 'Change', exact: true }).click();
    const dialog = anna.getByRole('dialog');
    await dialog.getByRole('button', { name: /: More$/ }).click();
    await expectAccessible(anna);
    await house.screenshot(anna, 'approval-change');
    await dialog.getByRole('button', { name: 'Show the new price' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const after = await anna.locator('dd.approval-total').textContent();
    expect(after).not.toBe(before);
    // The other phone is told, and does not buy what it has not shown.
    await ben.getByText(`The total was ${before} and is now ${after}.`).waitFor();
    expect(await orderButton(ben).getAttribute('aria-disabled')).toBe('true');
    await house.screenshot(ben, 'approval-changed');
    await orderButton(anna).click();
    await ordered(anna).waitFor();
  });
});
