import { Curve, proto, WA_CERT_DETAILS } from "@whiskeysockets/baileys";

const FAR_FUTURE = 4_102_444_800; // 2100-01-01 in unix seconds

/** The server's static key and the chain (root, intermediate, leaf) that vouches for it. */
export interface ServerCertificate {
  readonly key: ReturnType<typeof Curve.generateKeyPair>;
  readonly chain: Uint8Array;
}

/**
 * Makes a chain under a root of our own. Baileys 7.0.0-rc14 checks that the intermediate was issued by
 * WhatsApp's root serial, but not the signature, so a root nobody knows is accepted.
 */
export function makeServerCertificate(): ServerCertificate {
  const { Details } = proto.CertChain.NoiseCertificate;
  const root = Curve.generateKeyPair();
  const intermediate = Curve.generateKeyPair();
  const key = Curve.generateKeyPair();
  const validity = { notBefore: 0, notAfter: FAR_FUTURE };
  const intermediateDetails = Details.encode({
    serial: 1,
    issuerSerial: WA_CERT_DETAILS.SERIAL,
    key: intermediate.public,
    ...validity,
  }).finish();
  const leafDetails = Details.encode({
    serial: 2,
    issuerSerial: 1,
    key: key.public,
    ...validity,
  }).finish();
  const chain = proto.CertChain.encode({
    intermediate: {
      details: intermediateDetails,
      signature: Curve.sign(root.private, intermediateDetails),
    },
    leaf: { details: leafDetails, signature: Curve.sign(intermediate.private, leafDetails) },
  }).finish();
  return { key, chain };
}
