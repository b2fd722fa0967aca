/** Clocks, moments, surveys and rows as other people write them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { happenedAt, readMoment } from '../../../../shared/journey/collect/clock.ts';
import { flatProperties } from '../../../../shared/journey/collect/flat-properties.ts';
import { localMoment } from '../../../../shared/journey/collect/local-moment.ts';
import { mapped, mappingSchema, readBody, readRow } from '../../../../shared/journey/collect/mapping.ts';
import { readMessage } from '../../../../shared/journey/collect/message.ts';
import { sentimentOfSurvey } from '../../../../shared/journey/collect/survey-sentiment.ts';
import { propertiesSchema } from '../../../../shared/journey/touchpoint.ts';
import { instantOf, millisOf } from '../../../../shared/values.ts';
import { START } from '../../supply/milk.ts';

describe('a moment', () => {
  it.each([
    ['2026-03-01T08:00:00.000Z', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01T09:00:00+01:00', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01 08:00:00', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01T08:00:00.123456Z', '2026-03-01T08:00:00.123Z'],
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    [1_772_352_000_000, '2026-03-01T08:00:00.000Z'],
    ['yesterday', undefined],
    ['2026-02-31T08:00:00Z', undefined],
    [-1, undefined],
    [{}, undefined],
  ])('is read from %j', (said, expected) => {
    const millis = readMoment(said);
    expect(millis === undefined ? undefined : instantOf(millis)).toBe(expected);
  });

  it('is put right by what the sender’s clock is wrong by, and is never later than when it came', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e10, max: 1e10 }), fc.integer({ min: 0, max: 1e9 }), (wrongBy, ago) => {
        const received = millisOf(START);
        const said = { timestamp: received - ago + wrongBy, sentAt: received + wrongBy };
        expect(millisOf(happenedAt(said, START))).toBe(received - ago);
        expect(happenedAt({ ...said, sentAt: undefined }, START) <= START).toBe(true);
      }),
    );
    expect(happenedAt({ timestamp: undefined, sentAt: 5 }, START)).toBe(START);
  });

  it.each([
    ['14.03.2026 09:30', 'DD.MM.YYYY HH:mm', '2026-03-14T08:30:00.000Z'],
    ['14.07.2026 09:30', 'DD.MM.YYYY HH:mm', '2026-07-14T07:30:00.000Z'],
    ['7/4/2026', 'MM/DD/YYYY', '2026-07-04T10:00:00.000Z'],
    // The clocks go back at three: the hour comes twice, and the first counts. They go on at two: it does not come at all.
    ['25.10.2026 02:30', 'DD.MM.YYYY HH:mm', '2026-10-25T00:30:00.000Z'],
    ['29.03.2026 02:30', 'DD.MM.YYYY HH:mm', '2026-03-29T00:30:00.000Z'],
    ['31.02.2026 09:30', 'DD.MM.YYYY HH:mm', undefined],
    ['14.03.26', 'DD.MM.YYYY', undefined],
  ])('of Berlin is read from %s', (text, format, expected) => {
    expect(localMoment(text, format, 'Europe/Berlin')).toBe(expected);
  });
});

describe('properties', () => {
  it('fit into a touchpoint whatever was sent, and say how many do not', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ maxLength: 70 }), fc.jsonValue(), { maxKeys: 50 }), (said) => {
        const kept = flatProperties(said);
        if (kept !== undefined) expect(propertiesSchema.safeParse(kept).error).toBeUndefined();
      }),
    );
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`p${index}`, index]));
    expect(flatProperties(many)).toMatchObject({ p0: 0, p28: 28, dropped: 11 });
    expect(flatProperties({ a: null, b: '' })).toBeUndefined();
    expect(flatProperties({ mail: 'ask anna@example.org, please', ok: true })).toEqual({ ok: true, dropped: 1 });
  });
});

it.each([
  ['nps', 10, 1],
  ['nps', 7, 0],
  ['nps', 0, -1],
  ['csat', 4, 0.5],
  ['ces', 1, -1],
  ['ces', 8, undefined],
] as const)('an answer of %s %d is worth %d', (kind, score, value) => {
  expect(sentimentOfSurvey(kind, score)?.value).toBe(value);
});

describe('a mapping', () => {
  const visits = mappingSchema.parse({
    ...{ name: 'store-visits', event: { value: 'Store Visited' }, at: 'Datum', dateFormat: 'DD.MM.YYYY HH:mm', householdId: 'Haushalt' },
    ...{ channel: { value: 'store' }, amount: 'Betrag', customerNumber: 'Kunde', properties: { store: 'Filiale' } },
    phase: { from: 'Grund', values: { Beratung: 'information', Reklamation: 'support' } },
    survey: { kind: 'csat', score: 'Note' },
  });
  const row = { Datum: '14.03.2026 09:30', Haushalt: 'hh_anna', Betrag: '1.234,56', Kunde: 'K-77', Filiale: 'Berlin', Grund: 'Beratung', Note: '5' };

  it('makes a message of a row, which the collection API reads', () => {
    const one = mapped(readRow(row), visits);
    if (one.kind !== 'mapped') throw new Error(one.reason);
    const read = readMessage(one.message);
    if (read.kind !== 'read') throw new Error(read.reason);
    expect(read.message).toMatchObject({
      ...{ type: 'track', event: 'Store Visited', timestamp: Date.UTC(2026, 2, 14, 8, 30), properties: { store: 'Berlin' } },
      context: {
        ...{ groupId: 'hh_anna', traits: { customerNumber: 'K-77' } },
        touchpoint: {
          channel: 'store',
          phase: 'information',
          value: { amountMinor: 123_456, currency: 'EUR' },
          sentiment: { value: 1, source: 'csat', confidence: 0.9 },
        },
      },
    });
  });

  it('gives the same row the same id, and another row another', () => {
    const id = (more: object) => {
      const one = mapped(readRow({ ...row, ...more }), visits);
      return one.kind === 'mapped' ? one.message['messageId'] : one.reason;
    };
    expect(id({})).toBe(id({}));
    expect(id({})).toMatch(/^store-visits-[0-9a-f]{32}$/);
    expect(id({ Filiale: 'Bonn' })).not.toBe(id({}));
  });

  it.each([
    [{ Datum: '2026-03-14' }, 'at: "2026-03-14" is not written as DD.MM.YYYY HH:mm'],
    [{ Betrag: 'viel' }, 'amount: expected euros such as 12,35, not "viel"'],
    [{ Grund: 'Umtausch' }, 'Grund: no meaning is given for "Umtausch"'],
    [{ Note: '6' }, 'survey: "6" is no answer on the scale'],
  ])('refuses a row with %j', (more, reason) => {
    expect(mapped(readRow({ ...row, ...more }), visits)).toEqual({ kind: 'refused', reason });
  });

  it('finds its way into a body', () => {
    const survey = mappingSchema.parse({
      ...{ name: 'nps', event: { value: 'Survey Answered' }, messageId: 'response.id', email: 'response.contact.email', channel: { value: 'survey' } },
      survey: { kind: { from: 'response.metric' }, score: 'response.answers.0.score' },
    });
    const body = { response: { id: 7, metric: 'NPS', contact: { email: 'a@example.org' }, answers: [{ score: 9 }] } };
    expect(mapped(readBody(body), survey)).toMatchObject({
      kind: 'mapped',
      message: {
        messageId: 'nps-7',
        context: { traits: { email: 'a@example.org' }, touchpoint: { channel: 'survey', sentiment: { value: 0.667, source: 'nps' } } },
      },
    });
  });
});
