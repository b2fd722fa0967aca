import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { touchpointCatalogue } from '../../../../shared/journey/catalogue.ts';
import { storyOf, type Chapter } from '../../../../shared/journey/story/story.ts';
import type { StoryFacts } from '../../../../shared/journey/story/story-facts.ts';
import { hasWords } from '../../../../shared/journey/story/sum-up.ts';
import { toldWording } from '../../../../shared/journey/story/told-wording.ts';
import { touchpointId, touchpointSchema, type Touchpoint } from '../../../../shared/journey/touchpoint.ts';
import { channelSchema, initiatorSchema } from '../../../../shared/journey/words.ts';
import { instantSchema } from '../../../../shared/values.ts';

const NOW = instantSchema.parse('2026-06-20T12:00:00.000Z');
const facts: StoryFacts = {
  timeZone: 'Europe/Berlin',
  devices: { 'fridge-anna': { name: 'Anna’s fridge' }, 'tv-old': { name: 'Old TV', secondHand: true } },
  supplies: { sup_milk: 'milk', sup_eggs: 'eggs' },
  orders: { ord_1: { shop: 'Frischhof', goods: ['milk', 'eggs'] }, ord_2: { shop: 'Frischhof', goods: ['butter'] } },
};

let made = 0;
const at = (moment: string, type: string, more: object = {}): Touchpoint => {
  made += 1;
  const moments = { at: `${moment}:00.000Z`, receivedAt: `${moment}:00.000Z` };
  const where = { channel: 'nachschub', initiator: 'automation', phase: 'loyalty', householdId: 'hh_anna', source: 'events', messageId: `m-${made}` };
  return touchpointSchema.parse({ touchpointId: touchpointId('test', `m-${made}`), ...where, ...moments, type, ...more });
};
const cents = (amountMinor: number) => ({ value: { amountMinor, currency: 'EUR' } });
const texts = (chapters: readonly Chapter[]) => chapters.map(({ title, sentences }) => [title, ...sentences.map(({ text }) => text)]);

const beginning = [
  at('2026-02-20T09:00', 'page', { channel: 'web', initiator: 'customer', source: 'shop' }),
  at('2026-03-01T09:00', 'household.created'),
  at('2026-03-01T09:05', 'device.added', { thing: 'fridge-anna' }),
  at('2026-03-01T09:06', 'supply.added', { supplyId: 'sup_milk' }),
  at('2026-03-01T09:07', 'supply.added', { supplyId: 'sup_eggs' }),
  at('2026-03-02T08:00', 'mandate.granted'),
  at('2026-03-04T17:00', 'order.delivered', { orderId: 'ord_1', ...cents(1_240) }),
];
const bought = (day: number, initiator: 'automation' | 'customer') => [
  at(`2026-04-${String(day).padStart(2, '0')}T08:00`, 'supply.low', { supplyId: day % 3 === 0 ? 'sup_eggs' : 'sup_milk', initiator: 'device' }),
  at(`2026-04-${String(day).padStart(2, '0')}T08:30`, 'order.approved', { initiator, orderId: 'ord_2' }),
  at(`2026-04-${String(day).padStart(2, '0')}T16:00`, 'order.delivered', { orderId: 'ord_2', ...cents(1_500) }),
];
const april = [...Array.from({ length: 14 }, (_, index) => bought(index + 5, 'automation')).flat(), ...bought(20, 'customer')];
const may = [
  at('2026-05-03T10:00', 'case.opened', { caseId: 'case_1', orderId: 'ord_2', initiator: 'customer' }),
  at('2026-05-04T10:00', 'case.answered', { caseId: 'case_1' }),
  at('2026-06-02T10:00', 'case.solved', { caseId: 'case_1' }),
  at('2026-05-09T12:00', 'device.paired', { thing: 'tv-old', initiator: 'customer' }),
  at('2026-05-10T12:00', 'newsletter opened', { channel: 'e-mail', initiator: 'customer', source: 'mailer' }),
];

describe('what came more than once on a day', () => {
  const day = [
    at('2026-05-03T09:00', 'household.created'),
    ...[1, 2, 3].map((minute) => at(`2026-05-03T10:0${minute}`, 'member.joined')),
    ...[1, 2].map((minute) => at(`2026-05-03T11:0${minute}`, 'order.rejected', { orderId: 'ord_1' })),
  ];

  it.each([
    ['en', 'On 3 May three more people joined the household.', 'On 3 May an order was refused at Frischhof, twice.'],
    ['de', 'Am 3. Mai kamen drei Personen in den Haushalt dazu.', 'Am 3. Mai wurde eine Bestellung bei Frischhof abgelehnt, zweimal.'],
  ] as const)('is one sentence (%s), with all that it stands for', (language, joined, refused) => {
    const sentences = storyOf(day, facts, language, NOW).flatMap((chapter) => chapter.sentences);
    expect(sentences.filter(({ text }) => text === joined || text === refused).map(({ evidence }) => evidence.length)).toEqual([3, 2]);
    expect(sentences.flatMap(({ evidence }) => evidence).sort()).toEqual(day.map(({ touchpointId: id }) => id).sort());
  });
});

describe('a household’s story', () => {
  it('is written as a person would, in English', () => {
    expect(texts(storyOf([...beginning, ...april, ...may], facts, 'en', NOW))).toEqual([
      [
        'How it began',
        'On 1 March the household came to us.',
        'On 1 March “Anna’s fridge” moved in.',
        'On 2 March somebody allowed the house to buy by itself, within limits of their own.',
        'On 4 March the first order of milk and eggs arrived from Frischhof for €12.40.',
        'Two supplies were put under watch (eggs and milk).',
        'Once we met on the web.',
      ],
      [
        'April 2026: a quiet time',
        'The house bought 14 times by itself; once somebody said yes to an order; 15 deliveries arrived, for €225.00.',
        '15 times something ran low (milk and eggs).',
      ],
      [
        'May 2026: trouble, and how it was mended',
        'On 3 May somebody reported a problem at Frischhof; an answer came after a day; it was solved after 30 days.',
        'On 9 May “Old TV” came from another household and moved in here.',
        'Once a mail went to and fro (“newsletter opened”).',
      ],
    ]);
  });

  it('and in German', () => {
    expect(texts(storyOf([...beginning, ...april, ...may], facts, 'de', NOW))).toEqual([
      [
        'Wie es anfing',
        'Am 1. März kam der Haushalt zu uns.',
        'Am 1. März kam „Anna’s fridge“ ins Haus.',
        'Am 2. März hat jemand dem Haus erlaubt, in eigenen Grenzen von selbst einzukaufen.',
        'Am 4. März kam die erste Bestellung mit milk und eggs an, von Frischhof für 12,40\u00a0€.',
        'Zwei Vorräte werden seitdem beobachtet (eggs und milk).',
        'Einmal sind wir uns im Netz begegnet.',
      ],
      [
        'April 2026: eine ruhige Zeit',
        'Das Haus hat 14-mal von selbst eingekauft; einmal hat jemand zu einer Bestellung Ja gesagt; 15 Lieferungen kamen an, für 225,00\u00a0€.',
        '15-mal ging etwas zur Neige (milk und eggs).',
      ],
      [
        'Mai 2026: Ärger, und wie er sich legte',
        'Am 3. Mai hat jemand ein Problem bei Frischhof gemeldet; eine Antwort kam nach einem Tag; gelöst war es nach 30 Tagen.',
        'Am 9. Mai zog „Old TV“ aus einem anderen Haushalt hier ein.',
        'Einmal ging eine E-Mail hin oder her („newsletter opened“).',
      ],
    ]);
  });

  it('says of a problem that came back that it is open', () => {
    const [opened, , solved] = may;
    const [chapter] = storyOf([opened, solved, at('2026-06-03T10:00', 'case.reopened', { caseId: 'case_1' })] as Touchpoint[], facts, 'en', NOW);
    expect(chapter?.sentences.map(({ text }) => text)).toEqual(['On 3 May somebody reported a problem at Frischhof; it came back once; it is still open.']);
  });
});

it('has words for every touchpoint of the catalogue', () => {
  const own = Object.entries(touchpointCatalogue).flatMap(([type, entry]) => ('none' in entry ? [] : [type]));
  expect(own.filter((type) => !hasWords(type))).toEqual([]);
  expect(Object.keys(toldWording).filter((type) => !own.includes(type))).toEqual([]);
});

const anyType = fc.constantFrom(...Object.keys(touchpointCatalogue), 'page', 'recipe saved', 'store visit');
const anyTouchpoint = fc
  .record({
    type: anyType,
    moment: fc.date({ min: new Date('2018-01-01T00:00:00Z'), max: new Date('2026-06-20T00:00:00Z'), noInvalidDate: true }),
    channel: fc.constantFrom(...channelSchema.options),
    initiator: fc.constantFrom(...initiatorSchema.options),
    caseId: fc.option(fc.constantFrom('case_1', 'case_2', 'case_3'), { nil: undefined }),
    supplyId: fc.option(fc.constantFrom('sup_milk', 'sup_unknown'), { nil: undefined }),
    sentiment: fc.option(fc.constantFrom({ value: -0.8, source: 'complaint', confidence: 0.7 }), { nil: undefined }),
  })
  .map(({ moment, type, ...more }) =>
    at(moment.toISOString().slice(0, 16), type, Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined))),
  );

describe('whatever happened', () => {
  it('each touchpoint stands behind exactly one sentence, in any order and however often it comes', () => {
    fc.assert(
      fc.property(fc.array(anyTouchpoint, { maxLength: 80 }), fc.constantFrom('de' as const, 'en' as const), (touchpoints, language) => {
        const story = storyOf(touchpoints, facts, language, NOW);
        const evidence = story.flatMap(({ sentences }) => sentences.flatMap((sentence) => sentence.evidence));
        expect(evidence.toSorted()).toEqual(touchpoints.map(({ touchpointId: id }) => id).toSorted());
        expect(story.flatMap(({ sentences }) => sentences).filter(({ text, evidence: ids }) => ids.length === 0 || !/^[A-ZÄÖÜ“„0-9].*\.$/.test(text))).toEqual(
          [],
        );
        expect(storyOf([...touchpoints].reverse().concat(touchpoints), facts, language, NOW)).toEqual(story);
      }),
      { numRuns: 150 },
    );
  });

  it('the story stays short: five thousand touchpoints of nine years are read in some minutes', () => {
    const many = fc.sample(anyTouchpoint, { numRuns: 5_000, seed: 7 });
    const story = storyOf(many, facts, 'en', NOW);
    expect(story.length).toBeLessThanOrEqual(19);
    expect(Math.max(...story.map(({ sentences }) => sentences.length))).toBeLessThanOrEqual(23);
    expect(texts(story).flat().join(' ').length).toBeLessThan(60_000);
  });
});

it('of nobody of whom nothing is known is empty', () => expect(storyOf([], facts, 'de', NOW)).toEqual([]));
