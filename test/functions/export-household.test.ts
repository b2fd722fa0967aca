/** The copy that a household takes home. Generated over all kinds of items, so that a new kind fails here until it is covered. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handler as householdApi } from '../../functions/household-api.ts';
import { holdings, kindOf } from '../../functions/runtime/holdings.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce } from '../../functions/runtime/store.ts';
import { memberSchema } from '../../shared/household/household.ts';
import { decidePrivacy, noPrivacyYet } from '../../shared/household/privacy.ts';
import { change } from '../../functions/runtime/store.ts';
import { kindNames, plantEverything, type KindName, type Planted } from './everything-held.ts';
import { apiEvent, memberClaims, send } from './http-call.ts';
import { context, ofType, openWorld, type World } from './harness.ts';

const pageSchema = z.object({ entries: z.array(z.object({ kind: z.string(), id: z.string() }).loose()), next: z.string().optional() });

let world: World;
let anna: Planted;
let eve: Planted;
beforeAll(async () => {
  world = await openWorld();
  anna = await plantEverything('anna', 'MARKER-A');
  eve = await plantEverything('eve', 'MARKER-E');
});
afterAll(() => world.close());

const ask = (who: Planted, query = '', claims = memberClaims(who.owner)) =>
  send(householdApi, { method: 'GET', path: `/households/${who.householdId}/export`, query, claims });

async function everything(who: Planted): Promise<z.infer<typeof pageSchema>['entries']> {
  const entries: z.infer<typeof pageSchema>['entries'] = [];
  for (let cursor: string | undefined, page = 0; page < 50; page += 1) {
    const { status, body } = await ask(who, cursor === undefined ? '' : `cursor=${cursor}`);
    expect(status).toBe(200);
    const { entries: more, next } = pageSchema.parse(body);
    entries.push(...more);
    if (next === undefined) return entries;
    cursor = next;
  }
  throw new Error('the pages never end');
}

/** These hold ids and times only. */
const WITHOUT_TEXT: ReadonlySet<KindName> = new Set(['privacy', 'erasure', 'app', 'membership']);
const held = kindNames.filter((kind) => !('none' in holdings[kind]) && !WITHOUT_TEXT.has(kind));

describe('what a household takes home', () => {
  it.each(held)('has its %s', async (kind) => {
    const text = JSON.stringify(await everything(anna));
    expect(text).toContain(`MARKER-A-${kind}`);
    expect(text).not.toContain('MARKER-E');
    expect(text).not.toContain(eve.householdId);
  });

  it('has what its screens show, under a name, and nothing without one', async () => {
    const entries = await everything(anna);
    expect(JSON.stringify(entries.filter(({ kind }) => kind === 'shadow'))).toContain('MARKER-A-shadow');
    expect(entries.filter(({ kind }) => kind === 'other')).toEqual([]);
  });

  it('is the same as a table, whose pages fit together', async () => {
    const event = apiEvent({ method: 'GET', path: `/households/${anna.householdId}/export`, query: 'format=csv', claims: memberClaims(anna.owner) });
    const { body, headers } = z
      .object({ body: z.string(), headers: z.record(z.string(), z.unknown()) })
      .parse(await householdApi(event as never, context as never));
    expect(headers['content-type']).toContain('text/csv');
    expect(body.split('\r\n')[0]).toBe('kind,id,field,value');
    for (const kind of held) expect(body).toContain(`MARKER-A-${kind}`);
    expect(body).not.toContain('MARKER-E');
  });

  it('is noted once, with who took it', async () => {
    const before = ofType(await world.said(), 'data.exported').length;
    world.wait(1, 'hours');
    await ask(anna);
    await ask(anna);
    expect(
      ofType(await world.said(), 'data.exported')
        .slice(before)
        .map(({ data }) => data),
    ).toEqual([{ householdId: anna.householdId, memberId: anna.owner }]);
  });

  it('is nobody else’s, whatever the cursor says', async () => {
    const stranger = memberClaims(eve.owner);
    expect((await ask(anna, '', stranger)).status).toBe(404);
    for (const cursor of ['eyJzZWN0aW9uIjowfQ', 'x', Buffer.from(JSON.stringify({ section: 0, after: `HH#${anna.householdId}` })).toString('base64url')]) {
      const { body } = await ask(eve, `cursor=${cursor}`);
      expect(JSON.stringify(body)).not.toContain('MARKER-A');
    }
    expect((await ask(eve, 'cursor=x')).status).toBe(400);
  });
});

it('every kind stands where its line says', () => {
  for (const kind of kindNames) {
    const holding = holdings[kind];
    if (!('in' in holding)) continue;
    const ids = kind === 'touchpoint' ? [{ householdId: 'hh_x', at: 'a', touchpointId: 'b' }] : ['hh_x', 'a', 'b'];
    const key = (keys[kind] as (...ids: unknown[]) => { pk: string; sk: string })(...ids);
    expect([kind, kindOf(holding.in, key.sk).kind]).toEqual([kind, kind]);
  }
});

describe('another member', () => {
  it('does not take home what somebody has begun or decided for themselves', async () => {
    const { householdId } = anna;
    const ben = memberSchema.parse({ householdId, memberId: 'mem_ben', name: 'Ben', role: 'adult', joinedAt: world.now });
    await createOnce(kinds.member, keys.member(householdId, ben.memberId), ben);
    const answer = { purpose: 'product-news', answer: 'given', wordingVersion: '2026-11', language: 'de', memberId: anna.owner, screen: 'app' } as const;
    await change(kinds.privacy, keys.privacy(householdId), (privacy) =>
      decidePrivacy(privacy ?? noPrivacyYet(householdId), { type: 'answer', ...answer }, world.now),
    );
    const { body } = await ask(anna, '', memberClaims(ben.memberId));
    const text = JSON.stringify(pageSchema.parse(body).entries.map(({ events: _, ...entry }) => entry));
    for (const kind of ['draft', 'tries'] as const) expect(text).not.toContain(`MARKER-A-${kind}`);
    expect(text).not.toContain('product-news');
    expect(text).toContain('MARKER-A-order');
  });

  it('who is a guest takes nothing', async () => {
    const guest = memberSchema.parse({ householdId: anna.householdId, memberId: 'mem_gus', name: 'Gus', role: 'guest', joinedAt: world.now });
    await createOnce(kinds.member, keys.member(anna.householdId, guest.memberId), guest);
    expect((await ask(anna, '', memberClaims('mem_gus'))).status).toBe(403);
  });
});
