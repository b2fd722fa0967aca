/** How the conformance run may be called, and in which sentence it refuses. */
import { describe, expect, it } from 'vitest';
import { demandRegistered, readConformanceOptions } from '../../../../infra/local/conformance/options.ts';

const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const url = 'https://shop.example/hooks/orders';

describe('the addresses', () => {
  const registered = { webhookUrl: url, apiUrl: 'https://shop.example' };
  it('have to be the registered ones, which are named', () => {
    expect(() => demandRegistered(registered, { ...registered })).not.toThrow();
    const sentence = 'Registered are --url https://shop.example/hooks/orders and --orders-url https://shop.example; name these';
    expect(() => demandRegistered(registered, { ...registered, webhookUrl: 'https://shop.example/hooks' })).toThrow(sentence);
    expect(() => demandRegistered(registered, { ...registered, apiUrl: url })).toThrow(sentence);
  });
});

describe('the options', () => {
  it('need an address and a key, and ask for orders at the root', () => {
    expect(readConformanceOptions(['--url', url, '--secret', secret])).toMatchObject({ webhookUrl: url, apiUrl: 'https://shop.example', secret });
    expect(readConformanceOptions(['--url', url, '--secret', secret, '--orders-url', 'https://shop.example/v2']).apiUrl).toBe('https://shop.example/v2');
    expect(readConformanceOptions(['--url', url, '--retailer', 'rt_a', '--api', 'https://api.example', '--token', 't']).deployed).toEqual({
      api: 'https://api.example',
      token: 't',
    });
  });

  it.each([
    [[], /^--url: expected --url https:/],
    [['--url', 'ftp://shop.example', '--secret', secret], /^--url: /],
    [['--url', url], /^Expected either --secret or --retailer/],
    [['--url', url, '--secret', secret, '--retailer', 'rt_a'], /^Expected either/],
    [['--url', url, '--secret', 'whsec_AAAA'], /^--secret: expected whsec_ and the base64 of 24 to 64 bytes, or whsk_/],
    [['--url', url, '--secret', secret.slice(6)], /^--secret: /],
    [['--url', url, '--retailer', 'rt_a', '--api', 'https://api.example'], /^--api and --token belong together/],
    [['--url', url, '--secret', secret, '--wait'], /Unknown option/],
  ])('%j are refused in one sentence, with the usage below it', (args, sentence) => {
    expect(() => readConformanceOptions(args)).toThrow(sentence);
    expect(() => readConformanceOptions(args)).toThrow(/npm run conformance -- --url URL/);
  });
});
