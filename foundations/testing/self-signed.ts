import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';

// A certificate that signs itself, as DER (X.509, RFC 5280): only what a handshake asks for.
const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts);
const name = (common: string): Buffer => sequence(der(0x31, sequence(der(0x06, Buffer.from('550403', 'hex')), der(0x0c, Buffer.from(common)))));
const ecdsaWithSha256 = sequence(der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));

/** A new certificate for a name, and its key; both PEM. */
export function selfSigned(common: string): { cert: string; key: string } {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const time = (year: string): Buffer => der(0x17, Buffer.from(`${year}0101000000Z`));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))), der(0x02, Buffer.from([1])), ecdsaWithSha256, name(common), sequence(time('20'), time('49')), name(common),
    keys.publicKey.export({ type: 'spki', format: 'der' }),
  );
  const key = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const signature = sign('sha256', body, createPrivateKey(key));
  const cert = sequence(body, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature)).toString('base64');
  return { key, cert: `-----BEGIN CERTIFICATE-----\n${cert.match(/.{1,64}/g)!.join('\n')}\n-----END CERTIFICATE-----\n` };
}
