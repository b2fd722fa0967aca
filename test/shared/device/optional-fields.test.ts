import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { fieldNeeds, textWithoutOptional, withoutOptional } from '../../../shared/device/optional-fields.ts';
import { readingSchema } from '../../../shared/device/telemetry.ts';
import { reading } from '../supply/milk.ts';

const optional = Object.entries(fieldNeeds).flatMap(([name, mark]) => (mark === 'optional' ? [name] : []));
const full = reading(1, 1, 3, { doorOpenings: 7, viewedMinutes: 33, messagesShown: 2, outdoorCelsius: 4, usage: 1 });

describe('a reading', () => {
  it('has every field marked, and loses exactly the optional ones', () => {
    expect(Object.keys(fieldNeeds).sort()).toEqual(Object.keys(readingSchema.shape).sort());
    expect(Object.keys(full).sort()).toEqual(Object.keys(fieldNeeds).sort());
    expect(Object.keys(withoutOptional(full)).sort()).toEqual(
      Object.keys(full)
        .filter((name) => !optional.includes(name))
        .sort(),
    );
  });
});

describe('text', () => {
  it('in which nothing is optional stays as it came, to the byte', () => {
    for (const text of ['{ "level" : 1 }', 'no JSON', '', '{"note":"viewedMinutes"}']) expect(textWithoutOptional(text)).toBe(text);
  });
  test('loses an optional field wherever it stands, also where the text breaks off', () => {
    const depth = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(depth, fc.constantFrom(...optional), fc.integer({ min: 1_000, max: 9_999 }), fc.nat(12), (level, name, value, cut) => {
        let json = `{"a":1,"${name}": ${String(value)},"z":"kept"}`;
        for (let at = 0; at < level; at += 1) json = `{"in":${json}}`;
        const broken = json.slice(0, json.length - Math.min(cut, 12));
        for (const text of [json, broken]) {
          expect(textWithoutOptional(text)).not.toContain(String(value));
          expect(textWithoutOptional(text)).toContain('"a":1');
        }
      }),
    );
  });
});
