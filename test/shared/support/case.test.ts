import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseActions, decideCase, type Case, type CaseCommand, type CaseStatus } from '../../../shared/support/case.ts';
import { caseIdSchema } from '../../../shared/values.ts';
import { anna, heardAt, householdId, orderId } from '../order/order-examples.ts';

const caseId = caseIdSchema.parse('case_1');
const open: CaseCommand = {
  type: 'open',
  caseId,
  householdId,
  about: { kind: 'order', orderId },
  kind: 'damaged',
  noteId: 'note_open',
  by: { kind: 'member', memberId: anna },
  text: 'Two eggs are broken',
};
const member = { kind: 'member', memberId: anna } as const;
const operator = { kind: 'operator' } as const;
const writes = (noteId: string, by: typeof member | typeof operator = member): CaseCommand => ({ type: 'write', noteId: `note_${noteId}`, by, text: 'Words' });
const reopens = (noteId = 'again'): CaseCommand => ({ type: 'reopen', noteId: `note_${noteId}`, by: member, text: 'Not yet' });

const given = (...commands: CaseCommand[]): Case | undefined =>
  commands.reduce<Case | undefined>((state, command) => {
    const outcome = decideCase(state, command, heardAt);
    return outcome.kind === 'changed' ? outcome.state : state;
  }, undefined);
function when(state: Case | undefined, command: CaseCommand) {
  const outcome = decideCase(state, command, heardAt);
  return outcome.kind === 'changed' ? [outcome.state.status, ...outcome.events.map(({ type }) => type)] : `${outcome.kind}: ${outcome.reason}`;
}

describe('a case', () => {
  it.each<[string, CaseCommand[], CaseCommand, unknown]>([
    ['nothing', [], open, ['open', 'case.opened']],
    ['nothing', [], { type: 'solve' }, 'rejected: unknown-case'],
    ['an open one', [open], open, 'ignored: already-opened'],
    ['an open one', [open], writes('a', operator), ['answered', 'case.answered']],
    ['an open one', [open], { type: 'solve' }, ['solved', 'case.solved']],
    ['an answered one', [open, writes('a', operator)], writes('b'), ['open', 'case.added']],
    ['an answered one', [open, writes('a', operator)], writes('a', operator), 'ignored: already-written'],
    ['a solved one', [open, { type: 'solve' }], writes('b'), 'rejected: already-solved'],
    ['a solved one', [open, { type: 'solve' }], { type: 'solve' }, 'ignored: already-solved'],
    ['a solved one', [open, { type: 'solve' }], reopens(), ['reopened', 'case.reopened']],
    ['an open one', [open], reopens(), 'rejected: not-solved'],
    ['a reopened one', [open, { type: 'solve' }, reopens()], writes('c', operator), ['answered', 'case.answered']],
  ])('given %s (%#)', (_, before, command, expected) => {
    expect(when(given(...before), command)).toEqual(expected);
  });

  it('tells no word of what was written', () => {
    const outcome = decideCase(undefined, open, heardAt);
    expect(outcome.kind === 'changed' && JSON.stringify(outcome.events)).not.toContain('eggs');
  });

  it('never holds a message twice, and allows what its actions name', () => {
    const commands = fc.array(fc.constantFrom(open, writes('a'), writes('b', operator), reopens('c'), reopens('d'), { type: 'solve' } as CaseCommand), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(commands, (all) => {
        const state = given(open, ...all);
        const ids = state?.messages.map(({ noteId }) => noteId) ?? [];
        expect(new Set(ids).size).toBe(ids.length);
        const status: CaseStatus = state?.status ?? 'open';
        expect(when(state, reopens('new'))).toEqual(caseActions[status].includes('reopen') ? ['reopened', 'case.reopened'] : 'rejected: not-solved');
      }),
    );
  });
});
