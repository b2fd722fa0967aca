/**
 * The certificate authority of the local message broker: it signs the broker's own certificate and one for each thing,
 * as AWS IoT Core does when it makes keys and certificate for a thing. All of it is transport, so wall time decides.
 */
import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { thingNameSchema } from '../../../shared/values.ts';
import { readIfThere, writePrivately } from './files.ts';
import { issuedIn, revokedIn } from './revocations.ts';
import { isPair, makeAuthority, signLeaf, type KeyAndCertificate, type Purpose } from './sign-certificate.ts';

export type ThingCertificate = KeyAndCertificate & Readonly<{ certificateId: string }>;

export type CertificateAuthority = Readonly<{
  /** What clients trust. */
  caFile: string;
  caPem: string;
  /** For localhost and 127.0.0.1; kept in `server/`. */
  serverCertificate: () => Promise<KeyAndCertificate>;
  /** Kept in `things/<thing>/`: the same one again while it is valid. Throws a ZodError when it is no thing's name. */
  issueCertificate: (thing: string) => Promise<ThingCertificate>;
  /** Voids every certificate that the thing has had so far; durable when it resolves. The next one that is issued counts again. */
  revoke: (thing: string) => Promise<void>;
  isRevoked: (certificateId: string) => boolean;
}>;

/** Whatever has less than this left is made anew, so that nothing expires while the local cloud runs. */
const RENEWAL_MS = 30 * 86_400_000;

/** As AWS names a certificate: the SHA-256 of its DER bytes, lower-case hex. */
export const certificateIdOf = ({ fingerprint256 }: { fingerprint256: string }): string => fingerprint256.replaceAll(':', '').toLowerCase();

export async function openCertificates(directory: string): Promise<CertificateAuthority> {
  const caFile = join(directory, 'ca.pem');
  const authority = await keptOrMade({
    certificateFile: caFile,
    keyFile: join(directory, 'ca.key.pem'),
    isOurs: (certificate) => certificate.ca,
    make: () => makeAuthority('Nachschub local'),
  });
  const { publicKey } = new X509Certificate(authority.certificatePem);
  const revoked = await revokedIn(directory);
  const leaf = (folder: string, commonName: string, purpose: Purpose) =>
    keptOrMade({
      certificateFile: join(folder, 'certificate.pem'),
      keyFile: join(folder, 'key.pem'),
      isOurs: (certificate) => certificate.subject === `CN=${commonName}` && certificate.verify(publicKey) && !revoked.has(certificateIdOf(certificate)),
      make: () => signLeaf(authority, commonName, purpose),
    });
  const underWay = new Map<string, Promise<ThingCertificate>>();
  const folderOf = (thing: string) => join(directory, 'things', thing);
  const issue = async (name: string): Promise<ThingCertificate> => {
    const issued = await leaf(folderOf(name), name, 'client');
    const certificateId = certificateIdOf(new X509Certificate(issued.certificatePem));
    const list = await issuedIn(folderOf(name));
    if (!list.has(certificateId)) await list.add([certificateId]);
    return { ...issued, certificateId };
  };
  return {
    caFile,
    caPem: authority.certificatePem,
    serverCertificate: () => leaf(join(directory, 'server'), 'localhost', 'server'),
    issueCertificate: async (thing) => {
      const name = thingNameSchema.parse(thing);
      // Two calls for one thing at the same time must not leave one's key beside the other's certificate.
      const issuing = underWay.get(name) ?? issue(name).finally(() => underWay.delete(name));
      underWay.set(name, issuing);
      return issuing;
    },
    revoke: async (thing) => {
      const folder = folderOf(thingNameSchema.parse(thing));
      const kept = await readIfThere(join(folder, 'certificate.pem'));
      const { ids } = await issuedIn(folder);
      await revoked.add(kept === undefined ? ids : [...ids, certificateIdOf(new X509Certificate(kept))]);
    },
    isRevoked: (certificateId) => revoked.has(certificateId),
  };
}

type Kept = Readonly<{
  certificateFile: string;
  keyFile: string;
  isOurs: (certificate: X509Certificate) => boolean;
  make: () => Promise<KeyAndCertificate>;
}>;

/** A pair torn apart by a crash does not fit together, and is made anew like one that has expired. */
async function keptOrMade({ certificateFile, keyFile, isOurs, make }: Kept): Promise<KeyAndCertificate> {
  const [certificatePem, keyPem] = await Promise.all([readIfThere(certificateFile), readIfThere(keyFile)]);
  if (certificatePem !== undefined && keyPem !== undefined) {
    const kept = { certificatePem, keyPem };
    if (isPair(kept) && isCurrent(new X509Certificate(certificatePem)) && isOurs(new X509Certificate(certificatePem))) return kept;
  }
  const made = await make();
  await writePrivately(keyFile, made.keyPem);
  await writePrivately(certificateFile, made.certificatePem);
  return made;
}

function isCurrent({ validFrom, validTo }: X509Certificate): boolean {
  return Date.parse(validFrom) <= Date.now() && Date.parse(validTo) > Date.now() + RENEWAL_MS;
}
