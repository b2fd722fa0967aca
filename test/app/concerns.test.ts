import { describe, expect, it } from 'vitest';
import { concerns } from '../../app/live/concerns.ts';
import { readChange, readMessage } from '../../app/live/read-note.ts';
import { changeNoteOf, changedThingSchema } from '../../shared/journey/change-note.ts';
import { routes, type RouteName } from '../../shared/api/routes.ts';

const bytes = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const params = { householdId: 'hh_1' };

describe('a note', () => {
  it('about an order reads its page and the lists again, and leaves another order’s page alone', () => {
    const note = { what: 'order', id: 'ord_1' } as const;
    expect(concerns(note, { name: 'readOrder', params: { ...params, orderId: 'ord_1' } })).toBe(true);
    expect(concerns(note, { name: 'readOrder', params: { ...params, orderId: 'ord_2' } })).toBe(false);
    expect(concerns(note, { name: 'listOrders', params })).toBe(true);
    expect(concerns(note, { name: 'readHousehold', params })).toBe(true);
    expect(concerns({ what: 'order' }, { name: 'readOrder', params: { ...params, orderId: 'ord_2' } })).toBe(true);
  });

  it('about a member reads who belongs where, and about a list no order', () => {
    expect(concerns({ what: 'member' }, { name: 'readMe', params: {} })).toBe(true);
    expect(concerns({ what: 'list' }, { name: 'readMe', params: {} })).toBe(false);
    expect(concerns({ what: 'list' }, { name: 'listOrders', params })).toBe(false);
  });

  it('of any kind reads something again, and everything that a household reads is read again by some kind', () => {
    const read = (Object.keys(routes) as RouteName[]).filter((name) => routes[name].method === 'GET' && routes[name].path.startsWith('/households/'));
    const kinds = changedThingSchema.options;
    for (const what of kinds) expect([what, read.some((name) => concerns({ what }, { name, params }))]).toEqual([what, true]);
    expect(read.filter((name) => !kinds.some((what) => concerns({ what }, { name, params })))).toEqual([]);
  });

  it('in words is shown in the reader’s language, and in the household’s where a server says no other', () => {
    const message = { messageId: 'm1', kind: 'order-shipped', title: 'Unterwegs', text: 'Milch' };
    const words = { de: { title: 'Unterwegs', text: 'Milch' }, en: { title: 'On the way', text: 'Milk' } };
    expect(readMessage(bytes({ ...message, words }), 'en')).toMatchObject({ title: 'On the way', text: 'Milk' });
    expect(readMessage(bytes(message), 'en')).toMatchObject({ title: 'Unterwegs', text: 'Milch' });
    expect(readMessage(bytes({ ...message, words: { en: 'On the way' } }), 'en')).toMatchObject({ title: 'Unterwegs' });
  });

  it('is understood as the server says it', () => {
    const change = changeNoteOf({
      ...{ specversion: '1.0', id: 'e', source: 's', time: '2026-03-01T08:00:00.000Z', type: 'order.shipped' },
      data: { householdId: 'hh_1', orderId: 'ord_1' },
    } as never);
    expect(readChange(bytes(change?.note))).toEqual({ what: 'order', id: 'ord_1' });
  });

  it.each(['', 'null', '[]', '{"what":"weather"}', '{"what":3}', '{"what":"toString"}'])('that is %j says nothing', (text) => {
    expect([readChange(bytes(text)), readMessage(bytes(text), 'en')]).toEqual([undefined, undefined]);
  });
});
