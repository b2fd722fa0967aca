import { afterEach, describe, expect, it } from 'vitest';
import type { DeadLetter } from '../../../../infra/local/queues/durable-queues.ts';
import { arnOf, LETTERS, queue, QueuesOnDisk, WORK, workAndLetters } from './queue-set-up.ts';

let disk: QueuesOnDisk | undefined;
afterEach(async () => {
  await disk?.remove();
  disk = undefined;
});

const openWork = async (definitions = workAndLetters) => {
  disk = await QueuesOnDisk.create(definitions);
  return disk.open();
};

/** Reopens what the test has opened, as after a crash. */
const reopen = async () => {
  if (disk === undefined) throw new Error('nothing is open');
  return disk.open();
};

const handlesOf = (records: readonly { receiptHandle: string }[]): string[] => records.map(({ receiptHandle }) => receiptHandle);

describe('a queue', () => {
  it('gives a message as a Lambda event record has it', async () => {
    const { queues } = await openWork();
    const before = Date.now();
    await queues.send(WORK, '{"a":1}', { traceId: 't-1' });
    const [record] = await queues.receive(WORK, 10);
    expect(record).toEqual({
      messageId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      receiptHandle: expect.stringMatching(/^1\./) as string,
      body: '{"a":1}',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: expect.stringMatching(/^\d{13}$/) as string,
        SenderId: 'local',
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/) as string,
      },
      messageAttributes: { traceId: { dataType: 'String', stringValue: 't-1', stringListValues: [], binaryListValues: [] } },
      md5OfBody: 'bb6cb5c68df4652941caf652a366f2d8',
      md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      eventSource: 'aws:sqs',
      eventSourceARN: WORK,
      awsRegion: 'eu-central-1',
    });
    expect(Number(record?.attributes.SentTimestamp)).toBeGreaterThanOrEqual(before);
  });

  it('hides what was received and forgets what was removed', async () => {
    const { queues } = await openWork();
    await Promise.all(['a', 'b', 'c'].map((body) => queues.send(WORK, body)));
    const two = await queues.receive(WORK, 2);
    expect(two.map(({ body }) => body)).toEqual(['a', 'b']);
    expect(queues.counts(WORK)).toEqual({ visible: 1, inFlight: 2, delayed: 0 });
    expect((await queues.receive(WORK, 10)).map(({ body }) => body)).toEqual(['c']);
    await queues.remove(WORK, handlesOf(two));
    expect(queues.counts(WORK)).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
  });

  it('shows a message again when its visibility ends, and says so', async () => {
    const { queues } = await openWork();
    await queues.send(WORK, 'again');
    await queues.receive(WORK, 1, 0.05);
    expect(queues.counts(WORK).visible).toBe(0);
    await new Promise<void>((resolve) => queues.onMessage(WORK, resolve));
    const [record] = await queues.receive(WORK, 1);
    expect(record?.attributes.ApproximateReceiveCount).toBe('2');
  });

  it('shows a released message at once, and one that is released for later then', async () => {
    const { queues } = await openWork([queue('work', { VisibilityTimeout: 60 })]);
    await queues.send(WORK, 'x');
    const [first] = await queues.receive(WORK, 1);
    expect(queues.release(WORK, first?.receiptHandle ?? '', 0)).toBe(true);
    const [second] = await queues.receive(WORK, 1);
    expect(queues.release(WORK, second?.receiptHandle ?? '', 0.05)).toBe(true);
    expect(queues.counts(WORK)).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
    await new Promise<void>((resolve) => queues.onMessage(WORK, resolve));
    expect(queues.counts(WORK)).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
  });

  it('lets only the latest receipt remove or release', async () => {
    const { queues } = await openWork([queue('work')]);
    await queues.send(WORK, 'x');
    const [first] = await queues.receive(WORK, 1, 0);
    const [second] = await queues.receive(WORK, 1);
    await queues.remove(WORK, [first?.receiptHandle ?? '']);
    expect(queues.release(WORK, first?.receiptHandle ?? '', 0)).toBe(false);
    expect(queues.counts(WORK).inFlight).toBe(1);
    await queues.remove(WORK, [second?.receiptHandle ?? '']);
    await queues.remove(WORK, [second?.receiptHandle ?? '']);
    expect(queues.counts(WORK)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('removes a message whose visibility has ended but that nobody else has received', async () => {
    const { queues } = await openWork();
    await queues.send(WORK, 'late');
    const received = await queues.receive(WORK, 1, 0);
    await queues.remove(WORK, handlesOf(received));
    expect(await queues.receive(WORK, 1)).toEqual([]);
  });

  it('keeps a delayed message back', async () => {
    const { queues } = await openWork([queue('work', { DelaySeconds: '1' })]);
    const begun = Date.now();
    await queues.send(WORK, 'later');
    expect(queues.counts(WORK)).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
    await new Promise<void>((resolve) => queues.onMessage(WORK, resolve));
    expect(Date.now() - begun).toBeGreaterThanOrEqual(990);
    expect((await queues.receive(WORK, 1)).map(({ body }) => body)).toEqual(['later']);
  });

  it('tells a listener that comes late about what is already there', async () => {
    const { queues } = await openWork();
    await queues.send(WORK, 'x');
    await new Promise<void>((resolve) => queues.onMessage(WORK, resolve));
  });

  it('stays quick and keeps the order when thousands of messages pass', async () => {
    const { queues } = await openWork([queue('work')]);
    const bodies = Array.from({ length: 3_000 }, (_, index) => String(index));
    await Promise.all(bodies.map((body) => queues.send(WORK, body)));
    const seen: string[] = [];
    for (;;) {
      const batch = await queues.receive(WORK, 100);
      if (batch.length === 0) break;
      seen.push(...batch.map(({ body }) => body));
      await queues.remove(WORK, handlesOf(batch));
    }
    expect(seen).toEqual(bodies);
  });
});

describe('redrive', () => {
  it('moves a message that was received too often to the dead-letter queue under a new id, and says so', async () => {
    const { queues, activity } = await openWork();
    const letters: DeadLetter[] = [];
    queues.deadLettered((letter) => letters.push(letter));
    await queues.send(WORK, 'poison', { kind: 'bad' });
    const [first] = await queues.receive(WORK, 1, 0);
    await queues.receive(WORK, 1, 0);
    expect(activity.count).toBe(1);
    expect(await queues.receive(WORK, 1)).toEqual([]);
    expect(queues.counts(WORK)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    expect(activity.count).toBe(0);

    const [letter] = await queues.receive(LETTERS, 1);
    expect(letter).toMatchObject({ body: 'poison', messageAttributes: { kind: { stringValue: 'bad' } } });
    expect(letter?.messageId).not.toBe(first?.messageId);
    expect(letter?.attributes).toMatchObject({
      ApproximateReceiveCount: '1',
      SentTimestamp: first?.attributes.SentTimestamp,
      DeadLetterQueueSourceArn: WORK,
    });
    expect(letters).toEqual([{ queueArn: LETTERS, sourceArn: WORK, messageId: letter?.messageId, body: 'poison' }]);
  });

  it('skips exhausted messages without letting the caller wait for good ones', async () => {
    const { queues } = await openWork();
    await queues.send(WORK, 'poison');
    await queues.receive(WORK, 1, 0);
    await queues.receive(WORK, 1, 0);
    await queues.send(WORK, 'good');
    expect((await queues.receive(WORK, 1)).map(({ body }) => body)).toEqual(['good']);
    expect(queues.counts(LETTERS).visible).toBe(1);
  });

  it('counts receipts over a restart, and a dead letter stays where it is', async () => {
    const { queues } = await openWork();
    await queues.send(WORK, 'poison');
    await queues.receive(WORK, 1, 0);
    await queues.receive(WORK, 1, 0);
    const second = (await reopen()).queues;
    // The last of the two was cut off; one more that is not, and it has failed twice.
    expect(await second.receive(WORK, 1, 0)).toHaveLength(1);
    expect(await second.receive(WORK, 1)).toEqual([]);
    const fourth = await reopen();
    expect(fourth.activity.count).toBe(0);
    expect(fourth.queues.counts(LETTERS).visible).toBe(1);
  });

  it('does not hold the end of the process against a message, but not for ever', async () => {
    const { queues } = await openWork();
    await queues.send(WORK, 'unlucky');
    await queues.receive(WORK, 1);
    for (let restart = 1; restart <= 26; restart += 1) {
      const { queues: after } = await reopen();
      expect(
        (await after.receive(WORK, 1)).map(({ body }) => body),
        `restart ${restart}`,
      ).toEqual(['unlucky']);
    }
    expect(await (await reopen()).queues.receive(WORK, 1)).toEqual([]);
  });

  it('says so when something is sent to a dead-letter queue directly', async () => {
    const { queues } = await openWork([{ ...queue('letters'), deadLetter: true }]);
    const letters: DeadLetter[] = [];
    queues.deadLettered((letter) => letters.push(letter));
    await queues.send(LETTERS, 'undeliverable');
    expect(letters).toEqual([{ queueArn: LETTERS, messageId: expect.any(String) as string, body: 'undeliverable' }]);
  });
});

describe('activity', () => {
  it('is held from the send until the removal, and not by dead letters', async () => {
    const { queues, activity } = await openWork();
    const sending = queues.send(WORK, 'x');
    expect(activity.count).toBe(1);
    await sending;
    await queues.send(LETTERS, 'y');
    expect(activity.count).toBe(1);
    await queues.remove(WORK, handlesOf(await queues.receive(WORK, 1)));
    expect(activity.count).toBe(0);
    await activity.whenIdle();
  });

  it('is held again after a restart, and ended by a purge', async () => {
    const { queues } = await openWork();
    await Promise.all([queues.send(WORK, 'a'), queues.send(WORK, 'b')]);
    await queues.receive(WORK, 1);
    const second = await reopen();
    expect(second.activity.count).toBe(2);
    expect(second.queues.counts(WORK)).toEqual({ visible: 2, inFlight: 0, delayed: 0 });
    await second.queues.purge(WORK);
    expect(second.activity.count).toBe(0);
    expect((await reopen()).queues.counts(WORK).visible).toBe(0);
  });
});

describe('loading', () => {
  it.each([
    ['a property it does not know', [queue('work', { FifoQueue: true })], /work.*FifoQueue/s],
    ['a dead-letter queue that is not there', [queue('work', { RedrivePolicy: { deadLetterTargetArn: LETTERS, maxReceiveCount: 3 } })], /letters/],
    ['a visibility that SQS would refuse', [queue('work', { VisibilityTimeout: 43_201 })], /VisibilityTimeout/],
  ])('refuses %s', async (_, definitions, message) => {
    await expect(openWork(definitions)).rejects.toThrow(message);
  });

  it('throws for a queue it does not have', async () => {
    const { queues } = await openWork();
    await expect(queues.send(arnOf('other'), 'x')).rejects.toThrow('other');
  });

  it('keeps the messages of a queue that the template does not name for when it names it again', async () => {
    const { queues } = await openWork();
    await queues.send(WORK, 'kept');
    await queues.close();
    const { openQueues } = await import('../../../../infra/local/queues/queues.ts');
    const { Activity } = await import('../../../../infra/local/activity.ts');
    const directory = disk?.directory ?? '';
    const other = await openQueues({ directory, queues: [queue('other')], activity: new Activity() });
    await other.send(arnOf('other'), 'new');
    await other.close();
    const again = (await reopen()).queues;
    expect((await again.receive(WORK, 10)).map(({ body }) => body)).toEqual(['kept']);
  });
});
