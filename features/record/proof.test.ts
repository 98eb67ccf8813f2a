import { createHash, createHmac, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { base64, fromBase64, fromHex, fromUtf8, hex, utf8 } from './proof/bytes.ts';
import { readAs } from './proof/json.ts';
import { hashOfLeaf, leafFor, type Envelope } from './proof/leaf.ts';
import { checkpointText, fingerprint, keyText, notesText, noteText, publicKey, readCheckpoint, readKey, readNote, signatureBy, splitNotes } from './proof/note.ts';
import { checkSignature as onServer } from './server/shore.server.ts';
import { checkSignature as inBrowser } from './web/shore.ts';
import { isObject } from './proof/shape.ts';
import { commitmentOf, hmac, sha256, Sha256 } from './proof/sha256.ts';
import { Frontier, leafOf } from './proof/tree.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('what a proof is made of', () => {
  it('hashes as others do, whatever the length and however it is fed', () => {
    for (let n = 0; n < 300; n++) {
      const bytes = randomBytes(n);
      expect(text(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
      const fed = new Sha256();
      for (let at = 0; at < n; at += 7) fed.update(bytes.subarray(at, at + 7));
      expect(text(fed.digest())).toBe(text(sha256(bytes)));
      expect(text(hmac(bytes, bytes))).toBe(createHmac('sha256', bytes).update(bytes).digest('hex'));
    }
    expect(text(commitmentOf(utf8('salt'), 'text', '"水"'))).toBe(createHmac('sha256', 'salt').update('text').update('\0').update('"水"').digest('hex'));
  });

  it('writes and reads bytes as others do, and knows what is none', () => {
    for (const words of ['', '狼煙 𠮷 é a\0', '髙'.repeat(9_000)]) {
      expect(text(utf8(words))).toBe(Buffer.from(words).toString('hex'));
      expect(fromUtf8(utf8(words))).toBe(words);
    }
    for (const bad of [[0x80], [0xc0, 0x80], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe3, 0x81]]) expect(fromUtf8(Uint8Array.from(bad))).toBeUndefined();
    for (let n = 0; n < 20; n++) {
      const bytes = randomBytes(n);
      expect(base64(bytes)).toBe(bytes.toString('base64'));
      expect(text(fromBase64(base64(bytes))!)).toBe(text(bytes));
      expect(text(fromHex(hex(bytes), n)!)).toBe(text(bytes));
    }
    // The same bytes in another writing are not the same file.
    expect(fromBase64('QR==')).toBeUndefined();
    expect([fromHex('0g'), fromHex('AB'), fromHex('00', 2)]).toEqual([undefined, undefined, undefined]);
  });

  it('R2 builds the tree of RFC 6962: its own definition gives the same root at every size, by leaves and by subtrees', () => {
    const leaves = Array.from({ length: 67 }, (_, i) => leafOf(Uint8Array.of(i)));
    const byDefinition = (of: readonly Uint8Array[]): Uint8Array => {
      if (of.length === 0) return sha256();
      if (of.length === 1) return of[0]!;
      const k = 2 ** Math.floor(Math.log2(of.length - 1));
      return sha256(Uint8Array.of(1), byDefinition(of.slice(0, k)), byDefinition(of.slice(k)));
    };
    const tree = new Frontier();
    for (let n = 0; n <= leaves.length; n++) {
      expect(text(tree.root())).toBe(text(byDefinition(leaves.slice(0, n))));
      const again = Frontier.from(n, tree.toBytes());
      expect([again.size, text(again.root())]).toEqual([n, text(tree.root())]);
      if (n < leaves.length) tree.append(leaves[n]!);
    }
    const mixed = new Frontier();
    mixed.append(byDefinition(leaves.slice(0, 32)), 5);
    for (let i = 32; i < 64; i++) mixed.append(leaves[i]!);
    expect(text(mixed.root())).toBe(text(byDefinition(leaves.slice(0, 64))));
    mixed.append(leaves[64]!);
    expect(() => mixed.append(leaves[0]!, 1)).toThrow(RangeError);
    expect(() => Frontier.from(3, new Uint8Array(32))).toThrow(RangeError);
    // RFC 6962's own example of an empty leaf.
    expect(text(leafOf(new Uint8Array(0)))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  });

  it('R1 has another leaf for each thing of an envelope that is changed', () => {
    const envelope: Envelope = { stream: 'r:1', seq: 3, id: 'a', n: 0, kind: 30, at: 5, by: 'b', org: 'c', incident: 'd', drill: true, message: 2, about: 1, commitments: '00' };
    const changed = { stream: 'r:2', seq: 4, id: 'x', n: 1, kind: 31, at: 6, by: 'x', org: 'x', incident: 'x', drill: undefined, message: 3, about: 2, commitments: '01' };
    const leaves = [envelope, ...Object.entries(changed).map(([name, value]) => ({ ...envelope, [name]: value }))].map((one) => text(hashOfLeaf(leafFor(one))));
    expect(new Set(leaves).size).toBe(1 + Object.keys(changed).length);
  });

  it('R3 signs a checkpoint in the form of a signed note, and reads it back', () => {
    const { publicKey: pub, privateKey } = generateKeyPairSync('ed25519');
    const key = publicKey('noroshi/1', Uint8Array.from(Buffer.from(pub.export({ format: 'jwk' }).x!, 'base64url')));
    expect(readKey(keyText(key))).toEqual(key);
    expect(readKey(keyText(key).replace('+', '+0'))).toBeUndefined();
    expect(fingerprint(key)).toMatch(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/);
    const stood = { origin: 'noroshi/1', size: 12, root: sha256(), at: Date.UTC(2018, 6, 7) };
    const note = noteText(checkpointText(stood), key, sign(null, Buffer.from(checkpointText(stood)), privateKey));
    expect(note).toMatch(/^noroshi\/1\n12\n47DEQpj8HBSa\+\/TImW\+5JCeuQeRkm5NMpJWZG3hSuFU=\ntime 2018-07-07T00:00:00.000Z\n\n— noroshi\/1 \S+\n$/);
    const read = readNote(note)!;
    expect(readCheckpoint(read.text)).toEqual(stood);
    expect(verify(null, Buffer.from(read.text), pub, signatureBy(read, key)!)).toBe(true);
    expect(signatureBy(read, publicKey('noroshi/2', key.bytes))).toBeUndefined();
    for (const file of [notesText([note, note, note]), `${note}\n${note}\n${note}\n`]) expect(splitNotes(file)).toEqual([note, note, note]);
    for (const bad of ['', 'noroshi/1\n012\n', read.text.replace('12', '12 '), `${read.text}more\n`]) expect(readCheckpoint(bad)).toBeUndefined();
    expect(readNote(read.text)).toBeUndefined();
  });

  it('R7 takes nothing for signed by what is no key: a forger cannot make it look as if this browser were too old to check', async () => {
    const { publicKey: pub, privateKey } = generateKeyPairSync('ed25519');
    const key = Uint8Array.from(Buffer.from(pub.export({ format: 'jwk' }).x!, 'base64url'));
    const signature = Uint8Array.from(sign(null, Buffer.from('水'), privateKey));
    for (const check of [onServer, inBrowser]) {
      expect(await check(key, signature, utf8('水'))).toBe(true);
      for (const [wrong, by] of [[key.subarray(1), signature], [new Uint8Array(32).fill(255), signature], [key, signature.subarray(1)], [key, new Uint8Array(0)]] as const) expect(await check(wrong, by, utf8('水'))).toBe(false);
    }
  });

  it('R8 reads no time that no calendar has, and no value that nobody could walk', () => {
    const text = (time: string): string => `noroshi/1\n12\n${base64(sha256())}\ntime ${time}\n`;
    expect([readCheckpoint(text('2018-07-07T00:00:00.000Z'))?.size, readCheckpoint(text('+275760-09-13T00:00:00.000Z'))]).toEqual([12, undefined]);
    const deep = (n: number): string => `{"a":${'['.repeat(n)}"]"${']'.repeat(n)}}`;
    expect([readAs(isObject, deep(50)) !== undefined, readAs(isObject, deep(70)), readAs(isObject, '{"a":"[[\\"[['.concat('['.repeat(99), '"}')) !== undefined, readAs(isObject, '[]'), readAs(isObject, '{')]).toEqual([true, undefined, true, undefined, undefined]);
  });
});
