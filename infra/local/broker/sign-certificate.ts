/** Makes keys and signs certificates: ECDSA P-256, random serial numbers (the library's default: 16 random bytes). */
import 'reflect-metadata';
import { createPrivateKey, KeyObject, webcrypto, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';

export type KeyAndCertificate = Readonly<{ certificatePem: string; keyPem: string }>;
export type Purpose = 'server' | 'client';

const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 10 * 365;
/** Clients refuse server certificates that live longer than 825 days. */
const LEAF_DAYS = 365;
/** A clock that is a little behind must still find the certificate valid. */
const BACKDATED_MS = 5 * 60_000;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export async function makeAuthority(commonName: string): Promise<KeyAndCertificate> {
  const keys = await makeKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${commonName}`,
    keys,
    signingAlgorithm: ALGORITHM,
    ...validFor(AUTHORITY_DAYS),
    extensions: [
      // It signs leaves only: path length 0.
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificatePem: certificate.toString('pem'), keyPem: pemOf(keys) };
}

/** @param days how long it is valid from now; below 0 it has expired already, which only tests want. */
export async function signLeaf(authority: KeyAndCertificate, commonName: string, purpose: Purpose, days = LEAF_DAYS): Promise<KeyAndCertificate> {
  const keys = await makeKeys();
  const issuer = new x509.X509Certificate(authority.certificatePem);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${commonName}`,
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey: await signingKeyOf(authority.keyPem),
    signingAlgorithm: ALGORITHM,
    ...validFor(days),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([purpose === 'server' ? x509.ExtendedKeyUsage.serverAuth : x509.ExtendedKeyUsage.clientAuth]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ...(purpose === 'server' ? [loopbackNames()] : []),
    ],
  });
  return { certificatePem: certificate.toString('pem'), keyPem: pemOf(keys) };
}

/** Does the key belong to the certificate? False, too, for what is neither. */
export function isPair({ certificatePem, keyPem }: KeyAndCertificate): boolean {
  try {
    return new X509Certificate(certificatePem).checkPrivateKey(createPrivateKey(keyPem));
  } catch {
    return false;
  }
}

const loopbackNames = () =>
  new x509.SubjectAlternativeNameExtension([
    { type: 'dns', value: 'localhost' },
    { type: 'ip', value: '127.0.0.1' },
  ]);

const makeKeys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

const pemOf = ({ privateKey }: webcrypto.CryptoKeyPair): string => KeyObject.from(privateKey).export({ type: 'pkcs8', format: 'pem' }).toString();

const signingKeyOf = (keyPem: string) =>
  webcrypto.subtle.importKey('pkcs8', createPrivateKey(keyPem).export({ type: 'pkcs8', format: 'der' }), ALGORITHM, false, ['sign']);

const validFor = (days: number) => ({
  notBefore: new Date(Date.now() - BACKDATED_MS + Math.min(0, days * 2 * DAY_MS)),
  notAfter: new Date(Date.now() + days * DAY_MS),
});
