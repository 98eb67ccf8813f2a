import { createHash, randomBytes } from 'node:crypto';
import { readStamp, stampRequest } from '../proof/stamp.ts';

/** Asks for a timestamp over a text. @returns the service's answer as it came @throws where there is none, or it is of something else */
export type Stamper = (text: string) => Promise<Buffer>;

/** For how long the service is waited for, in milliseconds. */
const patience = 5_000;
/** An answer with its certificates is a few kilobytes. */
const largest = 64 * 1024;

/** A timestamping service by RFC 3161 over HTTP. What leaves the house is a hash. */
export const stamperAt = (url: URL): Stamper => async (text) => {
  const hash = createHash('sha256').update(text).digest();
  const answer = await fetch(url, {
    method: 'POST', headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
    body: stampRequest(hash, randomBytes(8)) as Uint8Array<ArrayBuffer>, redirect: 'error', signal: AbortSignal.timeout(patience),
  });
  if (!answer.ok) throw new Error(`the timestamping service answers ${answer.status}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const stamp = bytes.length <= largest ? readStamp(bytes) : undefined;
  if (!stamp) throw new Error('the timestamping service has granted nothing');
  if (!hash.equals(stamp.hash)) throw new Error('the timestamping service has stamped something else');
  return bytes;
};
