import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phaseRules, leadsTo } from '../../../../shared/journey/phase/phase-rules.ts';
import { phaseCodes, phaseReason } from '../../../../shared/journey/phase/phase-wording.ts';
import { phaseHistory, phaseNoteSchema, phasesOf, type PhaseNote } from '../../../../shared/journey/phase/phases.ts';
import { DAYS_KNOWN } from '../../../../shared/journey/phase/since.ts';
import { phaseSchema } from '../../../../shared/journey/words.ts';
import { lived, on, orders, step, summaryOf, tracesOf, type Step } from '../life.ts';

const seed = Number(process.env['PHASE_SEED'] ?? Date.now() % 1_000_000);
const short = (notes: readonly PhaseNote[]) => notes.map(({ line, phase, reason }) => `${line} ${phase} ${reason.code}`);
const of = (notes: readonly PhaseNote[], phase: string, line = '-') => notes.find((note) => note.phase === phase && note.line === line);

describe('the phases of a household', () => {
  it('are none before anything has happened', () => {
    expect(phasesOf(lived(), on(3))).toEqual([]);
  });

  it('overlap: the groceries are in loyalty while the heating is being compared', () => {
    const summary = lived(
      ...orders([20, 24, 28], 'automation'),
      step(on(29, 9), 'Product Viewed', { channel: 'web', line: 'heating' }),
      step(on(30, 9), 'Price Viewed', { channel: 'web', line: 'heating' }),
    );
    const notes = phasesOf(summary, on(30, 20));
    expect(of(notes, 'loyalty', 'groceries')).toEqual({
      ...{ phase: 'loyalty', line: 'groceries', since: on(24, 0) },
      reason: { code: 'orders-come-by-themselves', figures: { found: 3, least: 3, days: 28 } },
    });
    expect(of(notes, 'comparison', 'heating')).toMatchObject({ since: on(30, 9), reason: { code: 'looked-at-offers', figures: { found: 2 } } });
    expect(of(notes, 'comparison', 'groceries')).toBeUndefined();
    expect(of(notes, 'cross-selling', 'heating')?.reason.figures).toMatchObject({ found: 2, owned: 'groceries' });
  });

  it('begin with what a campaign brought, whatever others call it, and names are read without case', () => {
    const seen = lived(step(on(1), 'flyer scanned', { campaign: 'autumn' }), step(on(1), 'PRODUCTS SEARCHED'));
    expect(short(phasesOf(seen, on(2)))).toEqual(['- awareness advertising-seen', '- information looked-around']);
  });

  it('end a comparison with the order of that line, not of another', () => {
    const looked = [step(on(1), 'Product Viewed', { line: 'heating' }), step(on(2), 'Product Viewed', { line: 'heating' })];
    const elsewhere = lived(...looked, step(on(3), 'order.approved', { line: 'groceries' }));
    expect(of(phasesOf(elsewhere, on(4)), 'comparison', 'heating')).toBeDefined();
    const there = lived(...looked, step(on(3), 'order.approved', { line: 'heating' }));
    expect(of(phasesOf(there, on(4)), 'comparison', 'heating')).toBeUndefined();
  });

  it('are support while a case is open, however long, since it was opened, and no longer once it is solved', () => {
    const opened = step(on(2, 7), 'case.opened');
    expect(of(phasesOf(lived(opened), on(25)), 'support')).toMatchObject({ since: on(2, 7), reason: { code: 'case-open' } });
    expect(of(phasesOf(lived(opened, step(on(3), 'case.solved')), on(25)), 'support')).toBeUndefined();
  });

  it('are support after two orders that came to nothing within 14 days, and not after one', () => {
    const failed = [step(on(1), 'order.rejected', { initiator: 'company' }), step(on(8), 'order.expired', { initiator: 'customer' })];
    expect(of(phasesOf(lived(...failed), on(10)), 'support')).toMatchObject({ since: on(8, 12), reason: { code: 'orders-came-to-nothing' } });
    expect(of(phasesOf(lived(...failed.slice(1)), on(10)), 'support')).toBeUndefined();
    expect(of(phasesOf(lived(...failed), on(15)), 'support')).toBeUndefined();
  });

  it('are implementation until the second delivery', () => {
    const begun = [step(on(1, 7), 'household.created', { initiator: 'company' })];
    expect(of(phasesOf(lived(...begun), on(40)), 'implementation')).toMatchObject({ since: on(1, 7), reason: { code: 'nothing-delivered-yet' } });
    const first = phasesOf(lived(...begun, ...orders([5], 'customer')), on(40));
    expect(of(first, 'implementation')).toMatchObject({ since: on(5, 18), reason: { code: 'first-delivery' } });
    expect(of(phasesOf(lived(...begun, ...orders([5, 6], 'customer')), on(40)), 'implementation')).toBeUndefined();
  });

  it('follow an order: conviction while it asks, closing, logistics until it has come', () => {
    const asked = step(on(3, 8), 'order.approval-requested', { initiator: 'company' });
    const approved = step(on(3, 9), 'order.approved');
    const placed = step(on(3, 10), 'order.placed', { initiator: 'automation' });
    const delivered = step(on(4, 10), 'order.delivered', { initiator: 'company' });
    expect(short(phasesOf(lived(asked), on(3, 8)))).toEqual(['- conviction asked-and-not-answered']);
    expect(short(phasesOf(lived(asked, approved, placed), on(3, 11)))).toEqual(['- closing just-bought', '- logistics order-on-its-way']);
    expect(short(phasesOf(lived(asked, approved, placed, delivered), on(4, 11)))).toEqual(['- implementation first-delivery']);
  });

  it('never end: who has had deliveries rests between orders, and who was quiet for long begins anew', () => {
    const some = lived(...orders([1, 2], 'customer'));
    const [note] = phasesOf(some, on(60));
    expect(note).toEqual({ phase: 'loyalty', line: '-', since: on(2, 18), reason: { code: 'between-orders', figures: { days: 57 } } });
    const [later] = phasesOf(some, on(120));
    expect(later).toEqual({ phase: 'awareness', line: '-', since: on(2, 18), reason: { code: 'quiet', figures: { days: 117 } } });
  });

  it('keep since when they go on, back over the days that are kept and then by months', () => {
    // Every third day from January to the end of May.
    const many = Array.from({ length: 50 }, (_, index) => index * 3);
    const summary = lived(...orders(many, 'automation'));
    expect(of(phasesOf(summary, on(147, 20)), 'loyalty')?.since).toBe(on(0, 18));
    // Nothing in April: it began again in May.
    const paused = lived(...orders([...many.filter((day) => day < 85), 130, 133, 136, 139, 142, 145], 'automation'));
    expect(of(phasesOf(paused, on(147, 20)), 'loyalty')?.since).toBe(on(133, 0));
  });

  it('have a history by month', () => {
    const history = phaseHistory(lived(...orders([3, 6, 9], 'automation'), step(on(40), 'case.opened'), step(on(41), 'case.solved')));
    expect(history.map(({ month }) => month)).toEqual(['2026-01', '2026-02']);
    expect(history[0]?.phases.filter(({ line }) => line === 'groceries').map(({ phase }) => phase)).toEqual(['closing', 'loyalty']);
    expect(history[1]?.phases).toEqual([{ phase: 'support', line: '-', code: 'case-open', found: 1 }]);
  });

  it('have words for every reason in both languages', () => {
    const codes = [...phaseRules.map(({ code }) => code), 'another-line-is-needed', 'between-orders', 'quiet'];
    expect([...new Set(codes)].sort()).toEqual([...phaseCodes].sort());
    expect(phaseReason({ code: 'case-open', figures: { found: 1 } }, 'de')).toBe('1 × ein Anliegen offen');
    expect(phaseReason({ code: 'looked-at-offers', figures: { found: 2, days: 14 } }, 'en')).toBe('2 × looked at offers without an order in 14 days');
  });
});

describe('the days of which a summary still knows', () => {
  it('are as many as the reckoning of since believes', () => {
    const summary = lived(...Array.from({ length: 80 }, (_, day) => step(on(day), 'page')));
    expect(Object.keys(summary.days)).toHaveLength(DAYS_KNOWN);
  });
});

describe('the loop of phases', () => {
  it('leads from each phase to every other', () => {
    for (const from of phaseSchema.options) {
      const reached = new Set([from]);
      for (const phase of reached) for (const next of leadsTo[phase]) reached.add(next);
      expect([...reached].sort()).toEqual([...phaseSchema.options].sort());
    }
  });
});

const types = ['order.delivered', 'order.approved', 'order.placed', 'order.rejected', 'case.opened', 'case.solved', 'Product Viewed', 'supply.low', 'page'];
const steps = fc.array(
  fc.record({ day: fc.integer({ min: 0, max: 120 }), type: fc.constantFrom(...types), line: fc.constantFrom('groceries', 'heating'), own: fc.boolean() }),
  { maxLength: 60 },
);
describe(`phases of any life (PHASE_SEED=${seed})`, () => {
  it('are the same in any order of the touchpoints, parse, lie in the past, and are never none once something has happened', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 200 }), (made, later) => {
        const life: Step[] = made.map(({ day, type, line, own }) => step(on(day), type, { line, initiator: own ? 'customer' : 'automation' }));
        const traces = tracesOf(life);
        const now = on(121 + later);
        const notes = phasesOf(summaryOf(traces), now);
        const shuffled = Object.fromEntries(Object.entries(traces).reverse());
        expect(phasesOf(summaryOf(shuffled), now)).toEqual(notes);
        for (const note of notes) expect(phaseNoteSchema.parse(note).since <= now).toBe(true);
        expect(notes.length > 0).toBe(life.length > 0);
        expect(new Set(notes.map(({ phase, line }) => `${line} ${phase}`)).size).toBe(notes.length);
      }),
      { seed, numRuns: 150 },
    );
  });
});
