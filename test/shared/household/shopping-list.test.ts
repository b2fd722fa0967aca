import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { decideList, LIST_MAX, newShoppingList, shoppingListSchema, type ListCommand, type ShoppingList } from '../../../shared/household/shopping-list.ts';
import { addDuration, duration, householdIdSchema, listEntryIdSchema, memberIdSchema, type Outcome } from '../../../shared/values.ts';
import { START } from '../supply/milk.ts';

const householdId = householdIdSchema.parse('hh_anna');
const [anna, ben] = [memberIdSchema.parse('mem_anna'), memberIdSchema.parse('mem_ben')];
const id = (name: string | number) => listEntryIdSchema.parse(`ent_${name}`);
const now = START;
const later = (days: number) => addDuration(START, duration(days, 'days'));
const add = (name: string | number, text = `thing ${name}`, at = now): ListCommand => ({
  type: 'add',
  entryId: id(name),
  memberId: anna,
  entry: { text, quantity: 1 },
  now: at,
});
const turn = (type: 'buy' | 'remove' | 'reopen', name: string, seen: number, memberId = anna): ListCommand => ({
  type,
  entryId: id(name),
  memberId,
  turn: seen,
  now,
});
const after = (outcome: Outcome<ShoppingList, unknown>, before: ShoppingList): ShoppingList => (outcome.kind === 'changed' ? outcome.state : before);
const run = (commands: readonly ListCommand[], list = newShoppingList(householdId)): ShoppingList =>
  commands.reduce((state, command) => after(decideList(state, command), state), list);
const states = ({ entries }: ShoppingList) => entries.map(({ entryId, state }) => `${entryId} ${state}`);

describe('the shopping list', () => {
  it('adds, ticks off and puts back, and a repeat of any changes nothing', () => {
    const life = [add('soap'), turn('buy', 'soap', 1), turn('reopen', 'soap', 2)];
    const list = run(life);
    expect(states(list)).toEqual(['ent_soap open']);
    for (const command of life) expect(decideList(list, command).kind).toBe('ignored');
  });

  it('loses nothing of two people: one changes the words while the other ticks it off', () => {
    const change: ListCommand = { type: 'change', entryId: id('soap'), memberId: ben, change: { text: 'hard soap' }, now };
    for (const order of [
      [change, turn('buy', 'soap', 1)],
      [turn('buy', 'soap', 1), change],
    ])
      expect(run([add('soap'), ...order]).entries).toMatchObject([{ text: 'hard soap', state: 'bought' }]);
  });

  it('says what happened by ids alone', () => {
    expect(decideList(run([add('soap', 'something private')]), turn('buy', 'soap', 1, ben))).toMatchObject({
      events: [{ type: 'list.item-bought', data: { householdId, entryId: 'ent_soap', memberId: ben } }],
    });
  });

  it('is full at a hundred, and has room again when one is bought', () => {
    const full = run(Array.from({ length: LIST_MAX }, (_, index) => add(index)));
    expect(decideList(full, add('soap'))).toEqual({ kind: 'rejected', reason: 'list-full' });
    expect(decideList(run([turn('buy', '7', 1)], full), add('soap')).kind).toBe('changed');
  });

  it('gives up what nobody has touched for thirty days, sixteen at a time, and stays due for the rest', () => {
    const old = run([...Array.from({ length: 20 }, (_, index) => add(index)), add('fresh', 'fresh', later(20))]);
    expect(old.dueAt).toBe(later(30));
    expect(decideList(old, { type: 'abandon', now: later(29) }).kind).toBe('ignored');
    const first = decideList(old, { type: 'abandon', now: later(30) });
    expect(first).toMatchObject({ kind: 'changed', state: { dueAt: later(30) } });
    expect(first.kind === 'changed' && first.events.length).toBe(16);
    const both = run([{ type: 'abandon', now: later(30) }], after(first, old));
    expect([both.entries.filter(({ state }) => state === 'abandoned').length, both.dueAt]).toEqual([20, later(50)]);
  });
});

test('whatever two people do in whatever order, no entry that was added is lost, and repeats change nothing', () => {
  const command = fc.oneof(
    fc.integer({ min: 0, max: 9 }).map((name) => add(name)),
    fc
      .record({
        type: fc.constantFrom('buy' as const, 'remove' as const, 'reopen' as const),
        name: fc.integer({ min: 0, max: 9 }),
        seen: fc.integer({ min: 1, max: 4 }),
      })
      .map(({ type, name, seen }) => turn(type, String(name), seen, ben)),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      let list = newShoppingList(householdId);
      for (const one of commands) {
        const next = run([one], list);
        expect(run([one], next)).toBe(next);
        list = next;
      }
      expect(shoppingListSchema.parse(list)).toEqual(list);
      const added = new Set(commands.flatMap((one) => (one.type === 'add' ? [one.entryId] : [])));
      expect(new Set(list.entries.map(({ entryId }) => entryId))).toEqual(added);
    }),
    { numRuns: 150 },
  );
});
