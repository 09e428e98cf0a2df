import "./reflect-metadata.ts";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";
import { KeyObject, webcrypto } from "node:crypto";

const DAY_MS = 24 * 60 * 60 * 1000;
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** PEM texts for the media server, and the authority a client has to trust. */
export interface MediaCertificate {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** Makes an authority and a certificate for loopback; both last a week and their keys never leave memory. */
export async function makeMediaCertificate(): Promise<MediaCertificate> {
  const [caKeys, serverKeys] = await Promise.all([generateKeys(), generateKeys()]);
  // An hour of slack, because a container's clock may run behind its host's.
  const validity = {
    notBefore: new Date(Date.now() - 60 * 60 * 1000),
    notAfter: new Date(Date.now() + 7 * DAY_MS),
  };
  const ca = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: "01",
      name: "CN=WhatsApp simulator CA",
      ...validity,
      signingAlgorithm: ALGORITHM,
      keys: caKeys,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      ],
    },
    webcrypto,
  );
  const server = await X509CertificateGenerator.create(
    {
      serialNumber: "02",
      subject: "CN=localhost",
      issuer: ca.subject,
      ...validity,
      signingAlgorithm: ALGORITHM,
      publicKey: serverKeys.publicKey,
      signingKey: caKeys.privateKey,
      extensions: [
        new BasicConstraintsExtension(false),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension([
          { type: "ip", value: "127.0.0.1" },
          { type: "dns", value: "localhost" },
        ]),
      ],
    },
    webcrypto,
  );
  const key = KeyObject.from(serverKeys.privateKey).export({ type: "pkcs8", format: "pem" });
  return { ca: ca.toString("pem"), cert: server.toString("pem"), key: key.toString() };
}

async function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}
