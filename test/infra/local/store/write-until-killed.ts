/** A process that writes as fast as it can and says on its output what was confirmed, until somebody kills it. argv: data folder, label of this life. */
import { z } from 'zod';
import { openStore } from '../../../../infra/local/store/open-store.ts';
import { call, households, productNow } from './households.ts';

const [directory, life] = z.tuple([z.string(), z.string()]).parse(process.argv.slice(2));
const store = await openStore({ directory, tables: [households], now: () => productNow });
const confirm = (kind: string, name: string, turn: number): void => void process.stdout.write(`${JSON.stringify([kind, name, turn])}\n`);

/** Each lane owns its items, so that what was confirmed last is what must stand there. */
async function lane(number: number): Promise<never> {
  for (let turn = 1; ; turn += 1) {
    const name = `${life}-${number}-${turn % 7}`;
    const key = { pk: { S: `HH#${name}` }, sk: { S: 'BASKET' } };
    const due = { dueShard: { S: `DUE#${turn % 3}` }, dueAt: { S: `2026-03-${10 + (turn % 13)}` } };
    if (turn % 5 === 0) {
      await call(store.handle, 'DeleteItem', { TableName: 'Households', Key: key });
      confirm('gone', name, turn);
    } else if (turn % 5 === 1) {
      const items = [name, `${name}-twin`].map((each) => ({ PutRequest: { Item: { ...key, pk: { S: `HH#${each}` }, turn: { N: String(turn) }, ...due } } }));
      await call(store.handle, 'BatchWriteItem', { RequestItems: { Households: items } });
      for (const each of [name, `${name}-twin`]) confirm('put', each, turn);
    } else {
      await call(store.handle, 'UpdateItem', {
        TableName: 'Households',
        Key: key,
        UpdateExpression: turn % 5 === 2 ? 'SET turn = :t, dueAt = :d, dueShard = :s' : 'SET turn = :t REMOVE dueAt',
        ExpressionAttributeValues: { ':t': { N: String(turn) }, ...(turn % 5 === 2 && { ':d': due.dueAt, ':s': due.dueShard }) },
      });
      confirm('put', name, turn);
    }
  }
}
await Promise.all(Array.from({ length: 12 }, (_, number) => lane(number)));
