import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientIdProblem, keepAliveSeconds, PACKET_BYTES_MAX } from '../../../../infra/local/broker/limits.ts';
import { PacketScanner } from '../../../../infra/local/broker/packet-scanner.ts';

describe('keep-alive', () => {
  it.each([
    [0, 1_200],
    [1, 30],
    [29, 30],
    [30, 30],
    [60, 60],
    [1_200, 1_200],
    [65_535, 1_200],
  ])('of %i s counts as %i', (asked, given) => {
    expect(keepAliveSeconds(asked)).toBe(given);
  });
});

describe('a client id', () => {
  it.each(['fridge-anna', 'app-mem_anna-1', 'a', 'a'.repeat(128)])('may be %s', (id) => {
    expect(clientIdProblem(id)).toBeUndefined();
  });
  it.each(['', 'a+', '#', 'a*', '$a', 'a/b', 'a\u0000', 'a'.repeat(129)])('may not be %j', (id) => {
    expect(clientIdProblem(id)).toBeTypeOf('string');
  });
});

describe('the scanner', () => {
  const length = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...length(Math.floor(value / 128))]);
  const bytesOf = (type: number, size: number) => Buffer.concat([Buffer.from([type << 4, ...length(size)]), Buffer.alloc(size, 0xe0)]);

  it('sees the packets, however the bytes are cut', () => {
    const packets = fc.array(fc.record({ type: fc.integer({ min: 1, max: 13 }), size: fc.oneof(fc.nat(300), fc.constantFrom(0, 127, 128, 16_383, 16_384)) }), {
      maxLength: 6,
    });
    const cuts = fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(packets, fc.constantFrom('goodbye', 'too long', 'none'), cuts, (sent, last, steps) => {
        const end = { goodbye: [bytesOf(14, 0)], 'too long': [Buffer.from([0x30, ...length(PACKET_BYTES_MAX + 1)])], none: [] }[last];
        const bytes = Buffer.concat([...sent.map(({ type, size }) => bytesOf(type, size)), ...end]);
        const scanner = new PacketScanner();
        const problems: (string | undefined)[] = [];
        for (let at = 0, cut = 0; at < bytes.length; cut += 1) {
          const step = steps[cut % steps.length] ?? 1;
          problems.push(scanner.scan(bytes.subarray(at, at + step)));
          at += step;
        }
        expect(scanner.hasSaidGoodbye).toBe(last === 'goodbye');
        expect(problems.some((problem) => problem !== undefined)).toBe(last === 'too long');
      }),
    );
  });

  it('lets the largest packet pass, and no length of five bytes', () => {
    expect(new PacketScanner().scan(bytesOf(3, PACKET_BYTES_MAX))).toBeUndefined();
    expect(new PacketScanner().scan(Buffer.from([0x30, 0x80, 0x80, 0x80, 0x80, 0x01]))).toBeTypeOf('string');
  });
});
