import { describe, expect, it } from 'vitest';
import { withoutSilence } from './silence.ts';

const sdp = (fmtp: string): string => ['v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111 63', 'a=rtpmap:63 red/48000/2', 'a=fmtp:63 111/111', 'a=rtpmap:111 opus/48000/2', fmtp, 'm=video 9 UDP/TLS/RTP/SAVPF 96', 'a=rtpmap:96 VP8/90000', ''].join('\r\n');

describe('CA14 a description as the other side gets it', () => {
  it('asks for no silence, once, and changes nothing else', () => {
    expect(withoutSilence(sdp('a=fmtp:111 minptime=10;useinbandfec=1'))).toBe(sdp('a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1'));
    const asked = sdp('a=fmtp:111 usedtx=1;minptime=10');
    expect(withoutSilence(asked)).toBe(asked);
  });
  it('stays as it is where there is no Opus, or nothing is said of it', () => {
    for (const one of [sdp('a=rtcp-fb:111 transport-cc'), 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=rtpmap:0 PCMU/8000\r\na=fmtp:0 x=1\r\n', '']) expect(withoutSilence(one)).toBe(one);
  });
});
