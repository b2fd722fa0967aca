/** What is wrong in a path is said at its field, in both languages, whatever form the field may have. */
import { describe, expect, it } from 'vitest';
import { readPath } from '../../../../shared/journey/conversion-path/path-faults.ts';
import { shippedPaths } from '../../../../shared/journey/conversion-path/shipped-paths.ts';

const [sound] = shippedPaths;
if (sound === undefined) throw new Error('expected a shipped path');
const faultsOf = (change: object) => (readPath({ ...sound, ...change }).faults ?? []).map(({ at, words }) => [at, words.de]);
const MISSING = 'Hier fehlt noch etwas.';

describe('what is wrong in a path', () => {
  it('is nothing in those that come with the product', () => {
    expect(shippedPaths.map((path) => readPath(path).faults)).toEqual(shippedPaths.map(() => undefined));
  });

  it.each([
    [{ path: '' }, ['path', /Kleine Buchstaben/]],
    [{ name: { de: '', en: 'x' } }, ['name.de', MISSING]],
    [{ controlShare: 70 }, ['controlShare', 'Höchstens 50.']],
    [{ controlShare: Number.NaN }, ['controlShare', MISSING]],
    [{ lapsesAfterDays: 1.5 }, ['lapsesAfterDays', 'Eine ganze Zahl, bitte.']],
    [{ trigger: { on: [] } }, ['trigger.on', MISSING]],
    [{ trigger: { on: ['a'], given: { health: { atMost: 3 } } } }, ['trigger.given.health.atMost', 'Höchstens 1.']],
    [{ trigger: { on: ['a'], given: { where: { count: [], atLeast: 1 } } } }, ['trigger.given.where.count', MISSING]],
    [
      { trigger: { on: ['a'], given: { where: { all: [{ count: ['a'] }] } } } },
      ['trigger.given.where.all.0', 'Mindestens oder höchstens muss eine Zahl haben.'],
    ],
    [{ reentry: { afterDays: -1 } }, ['reentry.afterDays', 'Mindestens 0.']],
    [{ quiet: { from: 24, to: 8 } }, ['quiet.from', 'Höchstens 23.']],
    [{ steps: [{ step: 'wait', until: 'passed', minutes: 5 }] }, ['steps', /Warten allein/]],
    [{ steps: [{ step: 'task', task: 'Ring up', because: 'x' }] }, ['steps.0.task', /Kleine Buchstaben/]],
    [{ steps: [{ step: 'message', content: 'reminder', channels: [] }] }, ['steps.0.channels', MISSING]],
    [{ contents: {} }, ['contents.reminder', 'Diese Nachricht hat noch keine Worte.']],
    [{ purpose: 'news' }, ['purpose', /nie dringend/]],
    [
      {
        steps: [
          {
            step: 'branch',
            if: { tiers: ['gold'] },
            then: [],
            otherwise: [{ step: 'branch', if: { phases: [] }, then: [], otherwise: [{ step: 'wait', until: 'passed', minutes: -1 }] }],
          },
          { step: 'task', task: 'call', because: 'x' },
        ],
      },
      ['steps.0.otherwise.0.if.phases', MISSING],
    ],
  ])('%j is told at its field', (change, [at, words]) => {
    expect(faultsOf(change)).toContainEqual([at, words instanceof RegExp ? expect.stringMatching(words) : words]);
  });
});
