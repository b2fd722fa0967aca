import { expect, it } from 'vitest';
import { Activity } from '../../../infra/local/activity.ts';

it('names what is under way, and how often, until it has ended', () => {
  const activity = new Activity();
  const ends = ['GET /me', 'the function ingest', 'GET /me'].map((what) => activity.begin(what));
  expect(activity.underWay).toEqual(['GET /me (2 times)', 'the function ingest']);
  for (const end of ends.slice(0, 2)) end();
  // A second call changes nothing.
  ends[0]?.();
  expect([activity.count, activity.underWay]).toEqual([1, ['GET /me']]);
  ends[2]?.();
  expect([activity.count, activity.underWay]).toEqual([0, []]);
});
