import { describe, expect, it } from 'vitest';
import { Display, displayTopics } from '../../device-sim/display.ts';
import { startsAt, thing } from './examples.ts';
import { instantOf } from '../../shared/values.ts';

const card = (orderId: string, more: object = {}) => ({ orderId, quoteHash: 'a'.repeat(64), shop: 'Frischhof', ...more });
const got = (desired: object, version: number) => JSON.stringify({ state: { desired, reported: {} }, metadata: {}, version, timestamp: 1 });
const delta = (state: object, version: number) => JSON.stringify({ state, version, timestamp: 1 });
const ordersOn = (display: Display) => display.cards.map(({ orderId }) => orderId);

describe('the display of a device', () => {
  it('is asked for and told at the named shadow of the thing', () => {
    expect(displayTopics(thing)).toEqual({
      get: '$aws/things/fridge-anna/shadow/name/display/get',
      got: '$aws/things/fridge-anna/shadow/name/display/get/accepted',
      update: '$aws/things/fridge-anna/shadow/name/display/update',
      delta: '$aws/things/fridge-anna/shadow/name/display/update/delta',
    });
  });

  it('shows what is wished, field by field, and reports it whole so that no difference is left', () => {
    const display = new Display();
    expect(display.take('got', got({ cards: [card('ord_1')], notes: [{ title: 'Delivered' }], brightness: 3 }, 4))).toBe(true);
    expect(display.take('delta', delta({ cards: [card('ord_2')] }, 5))).toBe(true);
    expect(ordersOn(display)).toEqual(['ord_2']);
    expect(display.notes).toBe(1);
    expect(JSON.parse(display.reported)).toEqual({ state: { reported: { cards: [card('ord_2')], notes: [{ title: 'Delivered' }], brightness: 3 } } });
    // What the shadow does not wish any more is gone with the next complete answer.
    display.take('got', got({ cards: [] }, 6));
    expect(JSON.parse(display.reported)).toEqual({ state: { reported: { cards: [] } } });
    expect(display.notes).toBe(0);
  });

  it('is not set back by a message that comes late', () => {
    const display = new Display();
    display.take('delta', delta({ cards: [card('ord_2')] }, 7));
    expect(display.take('delta', delta({ cards: [card('ord_1')] }, 6))).toBe(false);
    expect(display.take('got', got({ cards: [] }, 5))).toBe(false);
    expect(ordersOn(display)).toEqual(['ord_2']);
  });

  it('answers a card only while it is there and has not expired', () => {
    const display = new Display();
    display.take('got', got({ cards: [card('ord_1', { expiresAt: instantOf(startsAt) }), card('ord_2')] }, 1));
    expect(display.cardOf('ord_1', startsAt - 1)?.orderId).toBe('ord_1');
    expect(display.cardOf('ord_1', startsAt)).toBe(undefined);
    expect(display.cardOf('ord_2', startsAt)?.buttonText).toBe(undefined);
    expect(display.cardOf('ord_3', startsAt)).toBe(undefined);
  });

  it.each(['', 'null', '[]', '{"state":7}', '{"version":2}', '{"state":null}'])('takes nothing from %j', (text) => {
    const display = new Display();
    expect([display.take('got', text), display.take('delta', text)]).toEqual([false, false]);
    expect(display.cards).toEqual([]);
  });

  it('leaves out a card that cannot be read, and shows the others', () => {
    const display = new Display();
    display.take('got', got({ cards: [card('nonsense'), { orderId: 'ord_1' }, card('ord_2', { tomorrow: true })], notes: 'none' }, 1));
    expect(ordersOn(display)).toEqual(['ord_2']);
    expect(display.notes).toBe(0);
  });
});
