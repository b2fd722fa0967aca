import fc from 'fast-check';
import { expect, it } from 'vitest';
import { queue, QueuesOnDisk, WORK } from './queue-set-up.ts';

/** What a consumer, a sender and a power switch may do to a queue, in any order. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('send' as const), count: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('receive' as const), count: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('remove' as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);

it('holds exactly what was sent and not removed, whatever happens in between', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const disk = await QueuesOnDisk.create([queue('work', { VisibilityTimeout: 600 })]);
      try {
        let { queues, activity } = await disk.open();
        const undeleted = new Set<string>();
        let held: { body: string; handle: string }[] = [];
        let sent = 0;
        for (const action of steps) {
          switch (action.kind) {
            case 'send':
              await Promise.all(
                Array.from({ length: action.count }, () => {
                  const body = `message ${++sent}`;
                  undeleted.add(body);
                  return queues.send(WORK, body);
                }),
              );
              break;
            case 'receive':
              for (const { body, receiptHandle } of await queues.receive(WORK, action.count)) {
                expect(undeleted).toContain(body);
                expect(held.map((holding) => holding.body)).not.toContain(body);
                held.push({ body, handle: receiptHandle });
              }
              break;
            case 'remove': {
              const [holding] = held.splice(action.which % Math.max(1, held.length), 1);
              if (holding === undefined) break;
              undeleted.delete(holding.body);
              await queues.remove(WORK, [holding.handle]);
              break;
            }
            case 'release': {
              const [holding] = held.splice(action.which % Math.max(1, held.length), 1);
              if (holding) queues.release(WORK, holding.handle, 0);
              break;
            }
            case 'restart':
              held = [];
              ({ queues, activity } = await disk.open());
              break;
          }
          expect(queues.counts(WORK)).toEqual({ visible: undeleted.size - held.length, inFlight: held.length, delayed: 0 });
          expect(activity.count).toBe(undeleted.size);
        }
        ({ queues } = await disk.open());
        const left = await queues.receive(WORK, 1_000);
        expect(new Set(left.map(({ body }) => body))).toEqual(undeleted);
        expect(left).toHaveLength(undeleted.size);
      } finally {
        await disk.remove();
      }
    }),
    { numRuns: 40 },
  );
});
