import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeAddress, judgeAddresses, judgeUrl } from '../../../functions/runtime/address-rules.ts';

const outcome = (url: string, loopbackAllowed = false) => {
  const target = judgeUrl(url, { loopbackAllowed });
  return target.ok ? (target.loopback ? 'loopback' : 'public') : target.reason;
};

describe('a URL, deployed', () => {
  it.each([
    ['https://shop.example/webhooks', 'public'],
    ['https://shop.example:443/webhooks?x=1', 'public'],
    ['https://xn--mller-kva.example/', 'public'],
    ['http://shop.example/', 'expected https, not http'],
    ['ftp://shop.example/', 'expected https, not ftp'],
    ['file:///etc/passwd', 'expected https, not file'],
    ['https://shop.example:8443/', 'expected port 443, not 8443'],
    ['https://shop.example:22/', 'expected port 443, not 22'],
    ['https://user@shop.example/', 'user information in the URL'],
    ['https://:secret@shop.example/', 'user information in the URL'],
    ['https://shop.example@169.254.169.254/', 'user information in the URL'],
    ['https://127.0.0.1/', 'an address instead of a name'],
    ['https://8.8.8.8/', 'an address instead of a name'],
    // One address in the spellings that resolvers and parsers take: decimal, octal, hexadecimal, short, with a dot at the end, in full width.
    ['https://2130706433/', 'an address instead of a name'],
    ['https://0177.0.0.1/', 'an address instead of a name'],
    ['https://017700000001/', 'an address instead of a name'],
    ['https://0x7f.0.0.1/', 'an address instead of a name'],
    ['https://0x7f000001/', 'an address instead of a name'],
    ['https://127.1/', 'an address instead of a name'],
    ['https://127.0.0.1./', 'an address instead of a name'],
    ['https://１２７.0.0.1/', 'an address instead of a name'],
    ['https://127%2e0.0.1/', 'an address instead of a name'],
    ['https://0/', 'an address instead of a name'],
    ['https://[::1]/', 'an address instead of a name'],
    ['https://[::ffff:127.0.0.1]/', 'an address instead of a name'],
    ['https://[2606:4700:4700::1111]/', 'an address instead of a name'],
    ['https://localhost/', 'a name without a domain'],
    ['https://metadata/', 'a name without a domain'],
    ['https://', 'not a URL'],
    ['shop.example', 'not a URL'],
    ['https://shop.example/' + 'x'.repeat(2_000), 'not a URL'],
    ['javascript:alert(1)', 'expected https, not javascript'],
  ])('%s: %s', (url, expected) => {
    expect(outcome(url)).toBe(expected);
  });
});

describe('a URL, on the local machine', () => {
  it.each([
    ['http://127.0.0.1:4711/webhooks', 'loopback'],
    ['http://localhost:4711/webhooks', 'loopback'],
    ['https://localhost:4711/webhooks', 'loopback'],
    ['https://shop.example/', 'public'],
    ['http://shop.example/', 'expected https, not http'],
    ['http://127.0.0.2:80/', 'expected https, not http'],
    ['http://[::1]:80/', 'expected https, not http'],
    ['http://localhost.shop.example:80/', 'expected https, not http'],
    ['http://10.0.0.1/', 'expected https, not http'],
    ['ftp://localhost/', 'expected https, not ftp'],
    ['http://user@localhost/', 'user information in the URL'],
  ])('%s: %s', (url, expected) => {
    expect(outcome(url, true)).toBe(expected);
  });
});

describe('an address', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '93.184.216.34',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001::1',
    '::ffff:8.8.8.8',
  ])('%s may be called', (address) => {
    expect(judgeAddress(address, { loopback: false })).toBeUndefined();
  });
  it.each([
    // IPv4, one or two of each special block (IANA IPv4 Special-Purpose Address Registry), multicast and the future.
    ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.255.254', '169.254.0.1', '169.254.169.254'],
    ...['172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.0.170', '192.0.2.1', '192.31.196.1', '192.52.193.1', '192.88.99.1', '192.168.0.1', '192.175.48.1'],
    ...['198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
    // IPv6: what is not global unicast, and the special blocks in it.
    ...[
      '::',
      '::1',
      '::127.0.0.1',
      '64:ff9b::7f00:1',
      '64:ff9b:1::1',
      '100::1',
      '1fff::1',
      '4000::1',
      '5f00::1',
      'fc00::1',
      'fd00:ec2::254',
      'fe80::1',
      'fec0::1',
      'ff02::1',
    ],
    ...['2001::1', '2001:1::1', '2001:2::1', '2001:10::1', '2001:20::1', '2001:1ff:ffff::1', '2001:db8::1', '2002:7f00:1::', '2620:4f:8000::1', '3fff::1'],
    // IPv4 in IPv6 is judged as IPv4, however it is written.
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '0:0:0:0:0:ffff:a9fe:a9fe', '::FFFF:192.168.0.1', '::ffff:0:127.0.0.1'],
    // Not the plain spelling of any address.
    ...[
      '',
      'localhost',
      '0177.0.0.1',
      '010.0.0.1',
      '2130706433',
      '0x7f000001',
      '127.1',
      '8.8.8.8.',
      ' 8.8.8.8',
      '8.8.8.8/32',
      '2606:4700::1%eth0',
      '[::1]',
      '1.2.3.256',
    ],
  ])('%s may not', (address) => {
    expect(judgeAddress(address, { loopback: false })).toEqual(expect.any(String));
  });
  it('is judged alike as itself and mapped into IPv6', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const plain = judgeAddress(address, { loopback: false });
        expect(judgeAddress(`::ffff:${address}`, { loopback: false }) === undefined).toBe(plain === undefined);
      }),
      { numRuns: 1_000 },
    );
  });
  it('of IPv6 is called only within 2000::/3', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        if (judgeAddress(address, { loopback: false }) === undefined && !address.includes('.')) expect(address).toMatch(/^[23][0-9a-f]{3}:/i);
      }),
      { numRuns: 1_000 },
    );
  });
  it.each([
    ['127.0.0.1', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['10.0.0.1', false],
    ['8.8.8.8', false],
    ['169.254.169.254', false],
  ])('%s behind the name of the local machine: %s', (address, allowed) => {
    expect(judgeAddress(address, { loopback: true }) === undefined).toBe(allowed);
  });
});

describe('several addresses of one name', () => {
  it('may be called when all may', () => {
    expect(judgeAddresses(['8.8.8.8', '2606:4700:4700::1111'], { loopback: false })).toBeUndefined();
  });
  it('may not when one may not, wherever it stands', () => {
    expect(judgeAddresses(['8.8.8.8', '10.0.0.1'], { loopback: false })).toContain('10.0.0.1');
    expect(judgeAddresses(['fd00::1', '8.8.8.8'], { loopback: false })).toContain('fd00::1');
  });
  it('may not when there is none', () => {
    expect(judgeAddresses([], { loopback: false })).toBe('the name has no address');
  });
});
