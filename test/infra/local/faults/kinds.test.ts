import { expect, it } from 'vitest';
import { faultKinds } from '../../../../infra/local/faults/kinds.ts';
import { readOptions } from '../../../../infra/local/options.ts';

it('are none unless somebody asks for them', () => {
  expect(readOptions([]).faults).toEqual([]);
});

it('are all, or those named, each once and in one order', () => {
  expect(readOptions(['--faults', 'all']).faults).toEqual(faultKinds);
  expect(readOptions(['--faults', 'call-throttled, shop-slow,call-throttled']).faults).toEqual(['shop-slow', 'call-throttled']);
});

it('say in one sentence which there are when one is unknown', () => {
  expect(() => readOptions(['--faults', 'shop-slow,earthquake'])).toThrow(
    `--faults: there is no fault "earthquake"; it may be all, or of these: ${faultKinds.join(', ')}`,
  );
  expect(() => readOptions(['--faults', ''])).toThrow('there is no fault ""');
});
