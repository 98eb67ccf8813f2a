/**
 * A description as it goes to the other side, which then sends no silence: of whoever listens, a packet now and then instead of fifty a second
 * (Opus, RFC 7587 §6.1 `usedtx`). What is asked stands in the description of whoever receives; one without Opus stays as it is.
 */
export function withoutSilence(sdp: string): string {
  const opus = /^a=rtpmap:(\d+) opus\/48000/im.exec(sdp)?.[1];
  if (opus === undefined) return sdp;
  return sdp.replace(new RegExp(`^a=fmtp:${opus} (?!.*usedtx)[^\\r\\n]*`, 'm'), (line) => `${line};usedtx=1`);
}
