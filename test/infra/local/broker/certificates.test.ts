import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCertificates } from '../../../../infra/local/broker/certificates.ts';
import { signLeaf } from '../../../../infra/local/broker/sign-certificate.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'certificates-'));
});
afterEach(() => rm(directory, { recursive: true }));

const inThing = (file: string) => join(directory, 'things', 'fridge-anna', file);
const daysLeft = ({ validTo }: X509Certificate) => (Date.parse(validTo) - Date.now()) / 86_400_000;

describe('certificates', () => {
  it('names the thing, is signed by our authority and lies beside its key', async () => {
    const authority = await openCertificates(directory);
    const issued = await authority.issueCertificate('fridge-anna');
    const certificate = new X509Certificate(issued.certificatePem);
    const ca = new X509Certificate(await readFile(authority.caFile));
    expect(certificate.subject).toBe('CN=fridge-anna');
    expect(certificate.verify(ca.publicKey)).toBe(true);
    expect(certificate.checkIssued(ca)).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(certificate.checkPrivateKey(createPrivateKey(issued.keyPem))).toBe(true);
    expect(createPrivateKey(issued.keyPem).asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(issued.certificateId).toBe(certificate.fingerprint256.replaceAll(':', '').toLowerCase());
    expect(daysLeft(certificate)).toBeGreaterThan(364);
    expect(await readFile(inThing('certificate.pem'), 'utf8')).toBe(issued.certificatePem);
    expect(await readFile(inThing('key.pem'), 'utf8')).toBe(issued.keyPem);
    for (const key of [inThing('key.pem'), join(directory, 'ca.key.pem')]) expect((await stat(key)).mode & 0o777).toBe(0o600);
  });

  it('issues the same one again, also after a restart and when asked twice at once', async () => {
    const authority = await openCertificates(directory);
    const [first, second] = await Promise.all([authority.issueCertificate('fridge-anna'), authority.issueCertificate('fridge-anna')]);
    expect(second).toEqual(first);
    expect(await (await openCertificates(directory)).issueCertificate('fridge-anna')).toEqual(first);
    expect((await authority.issueCertificate('fridge-bert')).certificateId).not.toBe(first.certificateId);
  });

  it.each([
    ['its key is another one', async () => writeFile(inThing('key.pem'), (await (await openCertificates(directory)).issueCertificate('fridge-bert')).keyPem)],
    ['it is no certificate', () => writeFile(inThing('certificate.pem'), 'torn')],
    ['its key is missing', () => rm(inThing('key.pem'))],
    ['it is about to expire', () => replaceBy(20)],
    ['the authority is new', () => rm(join(directory, 'ca.pem'))],
  ])('issues a new one when %s', async (_, spoil) => {
    const before = await (await openCertificates(directory)).issueCertificate('fridge-anna');
    await spoil();
    const authority = await openCertificates(directory);
    const after = await authority.issueCertificate('fridge-anna');
    expect(after.certificateId).not.toBe(before.certificateId);
    const certificate = new X509Certificate(await readFile(inThing('certificate.pem')));
    expect(certificate.checkPrivateKey(createPrivateKey(await readFile(inThing('key.pem'))))).toBe(true);
    expect(certificate.verify(new X509Certificate(authority.caPem).publicKey)).toBe(true);
    expect(daysLeft(certificate)).toBeGreaterThan(300);
  });

  it('has a server certificate for this machine', async () => {
    const authority = await openCertificates(directory);
    const certificate = new X509Certificate((await authority.serverCertificate()).certificatePem);
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.checkHost('example.com')).toBeUndefined();
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  });

  it.each(['', '../x', 'Fridge', 'a/b', 'fridge+', 'a,CN=b'])('refuses %j as the name of a thing', async (name) => {
    await expect((await openCertificates(directory)).issueCertificate(name)).rejects.toThrow();
  });

  async function replaceBy(days: number): Promise<void> {
    const authority = { certificatePem: await readFile(join(directory, 'ca.pem'), 'utf8'), keyPem: await readFile(join(directory, 'ca.key.pem'), 'utf8') };
    const leaf = await signLeaf(authority, 'fridge-anna', 'client', days);
    await writeFile(inThing('certificate.pem'), leaf.certificatePem);
    await writeFile(inThing('key.pem'), leaf.keyPem);
  }
});
