/** How it went, asked once a case is solved, and answered in one tap. */
import { describe, expect, it } from 'vitest';
import { expectAccessible, openHouse, type HouseholdInTest } from './house.ts';

const house = await openHouse();

/** Asked over queues: what is waited for is the question, not the clock. */
async function asked(home: HouseholdInTest): Promise<void> {
  const { orderId } = await house.lowSupply(home);
  const params = { householdId: home.householdId, caseId: `case_${home.householdId.slice(3)}` };
  const body = { about: { kind: 'order', orderId }, kind: 'late', noteId: 'note_first', text: 'Where is my milk?' };
  await house.done('openCase', { params, body, as: home.owner });
  await house.done('solveCase', { params, body: {}, as: home.owner });
  for (;;) {
    const answer = await house.done('readSurvey', { params: { householdId: home.householdId }, as: home.owner });
    if (JSON.stringify(answer).includes('surveyId')) return;
  }
}

describe('the question how it went', () => {
  it('is answered in one tap, and asked no more', async () => {
    const home = await house.newHousehold({ members: [{ name: 'Uma' }] });
    await asked(home);
    const page = await house.page({ as: home.owner });
    const card = page.locator('.survey');
    await card.waitFor();
    await expectAccessible(page);
    await house.screenshot(page, 'survey-phone-en');
    expect(await card.getByRole('button').count()).toBe(7);
    await card.getByRole('button').last().click();
    await page.getByRole('status').filter({ hasText: /Thank/ }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await house.done('readSurvey', { params: { householdId: home.householdId }, as: home.owner })).toEqual({});
  });

  it('may be passed over, in German and in the dark, on a tablet', { tags: ['long'] }, async () => {
    const home = await house.newHousehold({ language: 'de', members: [{ name: 'Uwe' }] });
    await asked(home);
    const page = await house.page({ as: home.owner, language: 'de', viewport: 'tablet', dark: true });
    await page.locator('.survey').waitFor();
    await expectAccessible(page);
    await house.screenshot(page, 'survey-tablet-de-dark');
    await page
      .locator('.card')
      .filter({ has: page.locator('.survey') })
      .getByRole('button')
      .last()
      .click();
    await page.locator('.survey').waitFor({ state: 'detached' });
  });
});
