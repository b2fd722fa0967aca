import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterMatches, topicFilterProblem, topicProblem } from '../../../../infra/local/broker/topic-filter.ts';

describe('a topic filter', () => {
  it.each([
    ['dt/nachschub/+/telemetry', 'dt/nachschub/fridge-anna/telemetry', true],
    ['dt/nachschub/+/telemetry', 'dt/nachschub/fridge-anna/presence', false],
    ['dt/nachschub/+/telemetry', 'dt/nachschub/a/b/telemetry', false],
    ['dt/+', 'dt', false],
    ['dt/+', 'dt/', true],
    ['+/+', '/finance', true],
    ['+', '/finance', false],
    ['sport/#', 'sport', true],
    ['sport/#', 'sport/tennis/player1', true],
    ['sport/#', 'sports', false],
    ['#', 'anything/at/all', true],
    ['sport', 'Sport', false],
    ['sport', 'sport/', false],
    ['#', '$SYS/x', false],
    ['+/x', '$SYS/x', false],
    ['$aws/events/presence/+/+', '$aws/events/presence/connected/fridge-anna', true],
    ['$aws/#', '$aws/events', true],
  ])('%s on %s: %s', (filter, topic, expected) => {
    expect(filterMatches(filter, topic)).toBe(expected);
  });

  it('matches every topic that one of its wildcards stands for', () => {
    const level = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 3 });
    fc.assert(
      fc.property(fc.array(fc.record({ level, wild: fc.boolean() }), { minLength: 1, maxLength: 7 }), fc.nat(7), (levels, cut) => {
        const topic = levels.map((part) => part.level).join('/');
        const plus = levels.map((part) => (part.wild ? '+' : part.level));
        expect(filterMatches(plus.join('/'), topic)).toBe(true);
        expect(filterMatches([...plus.slice(0, cut), '#'].join('/'), topic)).toBe(true);
        expect(filterMatches([...plus, 'c'].join('/'), topic)).toBe(false);
      }),
    );
  });
});

describe('what a broker takes as a topic', () => {
  it.each(['a', '/', 'a//b', 'dt/nachschub/fridge-anna/telemetry', 'ä/ö', 'a/b/c/d/e/f/g/h', 'a'.repeat(256)])('%s is one', (topic) => {
    expect(topicProblem(topic)).toBeUndefined();
  });
  it.each(['', 'a/+', '#', 'a\u0000b', 'a\u001fb', 'a\u009fb', 'broken \ufffd', 'a/b/c/d/e/f/g/h/i', 'a'.repeat(257), 'ä'.repeat(129)])(
    '%j is none',
    (topic) => {
      expect(topicProblem(topic)).toBeTypeOf('string');
    },
  );
  it.each(['+', '#', 'a/#', '+/a/+', '/+', '$share/x/y'])('%s is a filter', (filter) => {
    expect(topicFilterProblem(filter)).toBeUndefined();
  });
  it.each(['', 'a#', '#/a', 'a/+b', 'a+/b', 'a/b#', '##', '++'])('%j is no filter', (filter) => {
    expect(topicFilterProblem(filter)).toBeTypeOf('string');
  });
});
