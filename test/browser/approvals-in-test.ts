/** What the tests of approvals share: a household that is asked, its question on a screen, and what has become of it. */
import type { Page } from 'playwright-core';
import { urls } from '../../app/urls.ts';
import type { House, HouseholdInTest, LowSupply } from './house.ts';

export const BUTTON = { en: 'order with obligation to pay', de: 'zahlungspflichtig bestellen' } as const;
export const orderButton = (page: Page, language: keyof typeof BUTTON = 'en') => page.getByRole('button', { name: BUTTON[language], exact: true });
export const ordered = (page: Page) => page.getByRole('heading', { name: 'Ordered', exact: true });
export const memberOf = ({ members }: HouseholdInTest, index: number) => members[index]?.memberId ?? '';

interface Seen {
  readonly order: {
    readonly status: string;
    readonly quote: { readonly hash: string; readonly lineItems: readonly { readonly needId: string; readonly gtin: string; readonly quantity: number }[] };
  };
  readonly record: { readonly approval?: { readonly evidence: unknown; readonly by: { readonly approvalId: string } }; readonly refusal?: unknown };
}

export function approvalsIn(house: House) {
  const asked = async (
    wishes: Parameters<typeof house.newHousehold>[0] = { members: [{ name: 'Anna' }, { name: 'Ben' }] },
  ): Promise<{ home: HouseholdInTest; low: LowSupply }> => {
    const home = await house.newHousehold(wishes);
    return { home, low: await house.lowSupply(home) };
  };
  const open = async (as: string, { orderId }: LowSupply, more: object = {}) => {
    const page = await house.page({ as, path: urls.approval(orderId), ...more });
    await page.locator('.approval-box').waitFor();
    return page;
  };
  const read = async ({ householdId, owner }: HouseholdInTest, { orderId }: LowSupply) =>
    (await house.done('readOrder', { params: { householdId, orderId }, as: owner })) as Seen;
  const changeBy = async (home: HouseholdInTest, low: LowSupply, as: string, quantity: number) => {
    const { order } = await read(home, low);
    const lines = order.quote.lineItems.map(({ needId, gtin }) => ({ needId, gtin, quantity }));
    const params = { householdId: home.householdId, orderId: low.orderId };
    await house.done('changeOrder', { params, as, body: { changeId: `chg_${low.orderId.slice(4, 20)}`, quoteHash: order.quote.hash, lines } });
  };
  return { asked, open, read, changeBy };
}
