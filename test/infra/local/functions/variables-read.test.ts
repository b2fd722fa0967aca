import { expect, it } from 'vitest';
import { openTiny } from './tiny-functions.ts';

it('the variables of the template that a function reads are told, and copying or listing them is not reading', async () => {
  const read: string[] = [];
  const source = `
    const atStart = process.env.AT_START;
    export const handler = async ({ name }) => {
      const copied = { ...process.env };
      const listed = Object.keys(process.env).includes('LISTED');
      return [atStart, copied.COPIED, listed, name === undefined ? undefined : process.env[name]];
    };`;
  const environment = { AT_START: 'a', COPIED: 'c', LISTED: 'l', LATER: 'd', NEVER: 'n' };
  const { invoke } = openTiny({ reader: source }, { environment }, 2, (functionName, name) => read.push(`${functionName} ${name}`));
  expect(await invoke('reader', {})).toEqual({ ok: true, payload: ['a', 'c', true, null] });
  expect(read).toEqual(['reader AT_START']);
  expect(await invoke('reader', { name: 'LATER' })).toEqual({ ok: true, payload: ['a', 'c', true, 'd'] });
  await invoke('reader', { name: 'LATER' });
  await invoke('reader', { name: 'AWS_REGION' });
  expect(read).toEqual(['reader AT_START', 'reader LATER']);
});
