import { describe, expect, it } from 'vitest';
import { urls } from '../../app/urls.ts';
import { approvalsIn, BUTTON, orderButton, ordered, memberOf } from './approvals-in-test.ts';
import { expectAccessible, openHouse } from './house.ts';

const house = await openHouse();
const { asked, open, read, changeBy } = approvalsIn(house);

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

  it('to what was changed on another device meanwhile is not taken, and what changed is said', { tags: ['long'] }, async () => {
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
  it('has its new price shown, and that is what is bought', { tags: ['long'] }, async () => {
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
    await ben.getByText(`The total was ${String(before)} and is now ${String(after)}.`).waitFor();
    expect(await orderButton(ben).getAttribute('aria-disabled')).toBe('true');
    await house.screenshot(ben, 'approval-changed');
    await orderButton(anna).click();
    await ordered(anna).waitFor();
  });
});
