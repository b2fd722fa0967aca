/** Writes until the disk refuses, tries a little longer, and says what happened. argv: data folder. */
import { z } from 'zod';
import { openStore } from '../../../../infra/local/store/open-store.ts';
import { call, households, productNow } from './households.ts';

const [directory] = z.tuple([z.string()]).parse(process.argv.slice(2));
const told: string[] = [];
const store = await openStore({ directory, tables: [households], now: () => productNow, onFailure: (reason) => told.push(reason.message) });
const confirmed: string[] = [];
const refusals: string[] = [];
for (let turn = 0; refusals.length < 20; turn += 1) {
  const names = [0, 1, 2, 3].map((lane) => `${turn}-${lane}`);
  const put = async (sk: string): Promise<void> => {
    const { status, body } = await call(store.handle, 'PutItem', {
      TableName: 'Households',
      Item: { pk: { S: 'a' }, sk: { S: sk }, text: { S: 'x'.repeat(2000) } },
    });
    if (status === 200) confirmed.push(sk);
    else refusals.push(String(body['message']));
  };
  await Promise.all(names.map(put));
}
process.stdout.write(JSON.stringify({ confirmed, refusals, told }));
