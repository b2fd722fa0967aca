/** Who belongs to whom, from what was noted: whatever the order, and back again. */
import { describe, expect, it } from 'vitest';
import { identityOf, preview, type Resolved } from '../../../../shared/journey/identity/identity.ts';
import { block, device, household, id, identify, link, member, merge, touch, unlink } from './notes.ts';

const [alice, bob] = [id('userId', 'alice'), id('userId', 'bob')];
const browser = id('anonymousId', 'web-1');
const whose = (touchpoints: readonly Resolved[]) => touchpoints.map(({ recordId, person, device: thing, visitor }) => [recordId, person ?? thing ?? visitor]);

describe('somebody who was anonymous and then signs in', () => {
  const visit = touch('visit', 1, [browser]);
  const signUp = identify('sign-up', 2, 'alice', { anonymousId: 'web-1', traits: { email: ' Anna@Example.org ' } });

  it('is one person from the first visit on', () => {
    const { persons, timelines } = identityOf([visit, signUp, touch('mail', 3, [id('email', 'anna@example.org')])]);
    expect(persons).toEqual([{ name: 'userId:alice', ids: ['userId:alice', 'email:anna@example.org', 'anonymousId:web-1'] }]);
    expect(timelines).toEqual({ 'person:userId:alice': ['visit', 'mail'] });
  });

  it('is a visitor as long as nobody has signed in', () => {
    expect(identityOf([visit]).timelines).toEqual({ 'visitor:anonymousId:web-1': ['visit'] });
  });

  it('is two again after an unlink, exactly as they were', () => {
    const before = identityOf([visit, touch('tap', 1.5, [alice])]);
    const joined = link('wrong', 2, alice, browser);
    expect(identityOf([visit, touch('tap', 1.5, [alice]), joined]).timelines).toEqual({ 'person:userId:alice': ['visit', 'tap'] });
    const parted = identityOf([visit, touch('tap', 1.5, [alice]), joined, unlink('undo', 3, alice, browser)]);
    expect([parted.timelines, whose(parted.touchpoints)]).toEqual([before.timelines, whose(before.touchpoints)]);
  });

  it('is one again when the link is noted anew', () => {
    const records = [visit, link('a', 2, alice, browser), unlink('b', 3, alice, browser), link('c', 4, alice, browser)];
    expect(identityOf(records).timelines).toEqual({ 'person:userId:alice': ['visit'] });
  });
});

describe('Alice and Bob on one tablet', () => {
  const tablet = id('anonymousId', 'tablet-app');
  const records = [
    link('app', 0, tablet, device('tablet-1')),
    touch('alone', 1, [tablet]),
    touch('as-alice', 2, [tablet, alice]),
    touch('as-bob', 3, [tablet, bob]),
  ];

  it('stay two, and what nobody signed belongs to the tablet', () => {
    const { persons, shared, touchpoints } = identityOf(records);
    expect(persons.map(({ ids }) => ids)).toEqual([['userId:alice'], ['userId:bob']]);
    expect(shared).toEqual([{ ids: ['anonymousId:tablet-app'], device: 'device:tablet-1', usedBy: ['userId:alice', 'userId:bob'] }]);
    expect(whose(touchpoints)).toEqual([
      ['alone', 'device:tablet-1'],
      ['as-alice', 'person:userId:alice'],
      ['as-bob', 'person:userId:bob'],
    ]);
  });

  it('belongs to Alice as long as Bob has never been there', () => {
    expect(whose(identityOf(records.slice(0, 3)).touchpoints)[0]).toEqual(['alone', 'person:userId:alice']);
  });

  it('is nobody’s where the device is not known', () => {
    expect(whose(identityOf(records.slice(1)).touchpoints)[0]).toEqual(['alone', 'visitor:anonymousId:tablet-app']);
  });
});

describe('an id that is a person’s own', () => {
  it('never makes one person of two, whoever comes first', () => {
    const mail = id('email', 'family@example.org');
    const { persons, refused } = identityOf([link('a', 1, alice, mail), link('b', 2, bob, mail)]);
    expect(persons.map(({ ids }) => ids)).toEqual([['userId:alice', 'email:family@example.org'], ['userId:bob']]);
    expect(refused).toEqual([{ recordId: 'b', reason: 'they would have more than 1 userId together: two persons' }]);
  });

  it.each(['', 'null', 'undefined', '0', '-1', 'guest', '[object Object]', 'NaN', 'true', 'anonymous', ' ID ', '0000-0000'])(
    'is not %j, which programs send',
    (value) => {
      const { persons, refused } = identityOf([link('a', 1, alice, id('userId', value)), link('b', 1, id('anonymousId', value), bob)]);
      expect([persons, refused.map(({ recordId }) => recordId)]).toEqual([[], ['a', 'b']]);
    },
  );

  it('has its limit: the sixth address is somebody else’s', () => {
    const links = [1, 2, 3, 4, 5, 6].map((n) => link(`m${n}`, n, alice, id('email', `a${n}@example.org`)));
    const { persons, refused } = identityOf(links);
    expect([persons.find(({ name }) => name === 'userId:alice')?.ids.length, refused.map(({ recordId }) => recordId)]).toEqual([6, ['m6']]);
  });

  it('is heard no more once it is blocked, and neither are two that were blocked from each other', () => {
    const records = [link('a', 1, alice, browser), touch('visit', 2, [browser])];
    expect(whose(identityOf([...records, block('b', 9, browser)]).touchpoints)).toEqual([['visit', undefined]]);
    expect(whose(identityOf([...records, block('b', 9, alice, browser)]).touchpoints)).toEqual([['visit', 'visitor:anonymousId:web-1']]);
  });
});

describe('two that somebody decides to be one', () => {
  const records = [
    touch('a', 1, [alice]),
    touch('b', 2, [bob]),
    link('m', 2, bob, id('email', 'bob@example.org')),
    touch('c', 3, [id('email', 'bob@example.org')]),
  ];
  const decided = merge('merge', 4, alice, bob);

  it('shows before what would change, and only that', () => {
    const { changes, refused } = preview(records, [decided]);
    expect(changes.map(({ recordId, before, after }) => [recordId, before.person, after.person])).toEqual([
      ['b', 'person:userId:bob', 'person:userId:alice'],
      ['c', 'person:userId:bob', 'person:userId:alice'],
    ]);
    expect(refused).toEqual([]);
  });

  it('is taken back exactly', () => {
    expect(identityOf([...records, decided, unlink('undo', 5, alice, bob)]).timelines).toEqual(identityOf(records).timelines);
  });

  it('does not count against what is found out later', () => {
    const { persons } = identityOf([...records, decided, link('p', 6, alice, id('phone', '0049 89 123456'))]);
    expect(persons).toEqual([{ name: 'userId:alice', ids: ['userId:alice', 'userId:bob', 'email:bob@example.org', 'phone:+4989123456'] }]);
  });
});

describe('a household', () => {
  it('has a device from one moment to the next: a second-hand television takes no story with it', () => {
    const tv = device('tv-1');
    const records = [
      link('bought', 1, tv, household('hh_anna')),
      touch('watched', 2, [], { thing: 'tv-1' }),
      link('resold', 5, tv, household('hh_ben')),
      touch('watched-again', 6, [], { thing: 'tv-1' }),
    ];
    const { timelines, households } = identityOf(records);
    expect(timelines).toEqual({ 'device:tv-1': ['watched', 'watched-again'], 'household:hh_anna': ['watched'], 'household:hh_ben': ['watched-again'] });
    expect(households[0]?.members).toEqual([member('device:tv-1', 'hh_anna', 1, 5)]);
  });

  it('is a person’s while they are a member, and never merged with them', () => {
    const records = [
      link('in', 1, alice, household('hh_anna')),
      touch('home', 2, [alice]),
      unlink('out', 3, alice, household('hh_anna')),
      touch('gone', 4, [alice]),
    ];
    expect(identityOf(records).timelines).toEqual({ 'household:hh_anna': ['home'], 'person:userId:alice': ['home', 'gone'] });
  });

  it('of somebody who is in two is not guessed', () => {
    const records = [link('a', 1, alice, household('hh_anna')), link('b', 1, alice, household('hh_ben')), touch('where', 2, [alice])];
    expect(identityOf(records).timelines).toEqual({ 'person:userId:alice': ['where'] });
  });

  it('becomes one with another by a decision alone, and two again', () => {
    const records = [touch('a', 1, [], { householdId: 'hh_anna' }), touch('b', 1, [], { householdId: 'hh_ben' })];
    const seen = link('seen', 2, household('hh_anna'), household('hh_ben'));
    expect(identityOf([...records, seen]).refused).toEqual([{ recordId: 'seen', reason: 'households become one only by somebody’s decision' }]);
    const moved = merge('moved-in', 2, household('hh_ben'), household('hh_anna'));
    expect(identityOf([...records, moved]).timelines).toEqual({ 'household:hh_anna': ['a', 'b'] });
    expect(identityOf([...records, moved, unlink('out', 3, household('hh_anna'), household('hh_ben'))]).timelines).toEqual(identityOf(records).timelines);
  });
});
