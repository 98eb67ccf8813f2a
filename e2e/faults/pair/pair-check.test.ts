import type { Message } from '@noroshi/features/talk';
import type { StoredFile } from '@noroshi/foundations/files';
import { describe, expect, it } from 'vitest';
import { Findings } from '../outcome.ts';
import type { Neighbour } from './pair-base.ts';
import { checkPair, type Account } from './pair-check.ts';
import type { Share, Stood } from './pair-tables.ts';
import type { Said } from './teller.ts';

// What a round of two houses finds: nothing where all is well, and each thing that is not.

const taro: Neighbour = { name: '太郎', person: 'taro', cookie: '' };
const rie: Neighbour = { name: '理恵', person: 'rie', cookie: '' };

const said = (token: string, by = taro, more: Partial<Said> = {}): Said => ({ id: token, token, by, versions: [`毛布（${token}）`], files: [], isWithdrawn: false, isRedacted: false, ...more });
const paper = { id: 'paper', name: '名簿.dat', size: 5, sha256: 'a'.repeat(64), kind: 'file' as const, isIn: true };
const chain = (no: number): Share['out'] => ({ no, hash: `hash ${no}` });

/** Something as it stands in its own house, and as it came to the other. */
const atHome = ({ id, by, versions: [words = ''] }: Said, share: string | undefined = 'share'): Stood => ({ id, by: by.person, isTheirs: false, words, share, now: undefined, name: by.name, org: '愛媛県' });
const came = ({ token, by, versions, files }: Said, now: Partial<Message> = {}, more: Partial<Stood> = {}): Stood => ({
  id: `${token} there`, by: 'stranger', isTheirs: true, words: versions[0]!, share: 'share', name: by.name, org: '愛媛県',
  now: { id: `${token} there`, by: 'stranger', org: 'them', at: 0, text: versions.at(-1)!, ...(files.length > 0 ? { attachments: files.map(({ id, name, size, kind }) => ({ file: `${id} there`, name, size, kind, type: '' })) } : {}), ...now }, ...more,
});

interface Given { readonly all?: readonly Said[]; readonly kept?: readonly Said[]; readonly home?: readonly Stood[]; readonly there?: readonly Stood[]; readonly shares?: readonly Share[]; readonly theirs?: readonly Share[]; readonly file?: Partial<StoredFile>; readonly lies?: string; readonly wishes?: number; readonly everything?: string }

/** What is found wrong of what Ehime has said. */
function found({ all = [], kept = [], home = all.map((one) => atHome(one)), there = all.map((one) => came(one)), shares, theirs, file, lies, wishes = 0, everything = '' }: Given): string[] {
  const files = new Map(all.flatMap(({ token, by, files: own }) => own.map(({ id, name, size, sha256, kind }): [string, StoredFile] => [id, { id, of: token, by: by.person, kind, name, size, type: '', state: 'arrived', sha256 }])));
  const filesThere = new Map([...files].map(([id, one]): [string, StoredFile] => [`${id} there`, { ...one, ...file }]));
  const share: Share = { id: 'share', state: 'open', out: chain(9), in: chain(4), have: 9 };
  const other: Share = { id: 'share', state: 'open', out: chain(4), in: chain(9), have: 4 };
  const ehime: Account = { side: 'ehime', org: '愛媛県', said: all, kept, onDisk: () => undefined, told: { stood: home, shares: shares ?? [share], sharing: undefined, files, wishes: 0, everything: '' } };
  const hiroshima: Account = { side: 'hiroshima', org: '広島県', said: [], kept: [], onDisk: (sha256) => lies ?? sha256, told: { stood: there, shares: theirs ?? [other], sharing: undefined, files: filesThere, wishes, everything } };
  const findings = new Findings();
  checkPair(ehime, hiroshima, findings);
  return findings.words;
}

const [a, b, c] = [said('e-1'), said('e-2', rie), said('e-3')];

describe('what two houses have of each other', () => {
  it('is well where all came once, in order, as it was said', () => expect(found({ all: [a, b, c] })).toEqual([]));
  it('lacks nothing that was acknowledged, there or at home', () => {
    expect(found({ all: [a, b, c], there: [came(a), came(c)] })).toEqual(['lost: e-2 of 理恵 from ehime was acknowledged and did not come']);
    expect(found({ all: [a, b], home: [atHome(a)] })).toEqual(['lost: e-2 of 理恵 from ehime is not in its own house']);
  });
  it('has nothing twice, and nothing that was never said', () => {
    expect(found({ all: [a, b], there: [came(a), came(b), came(a)] })).toEqual(['duplicated: e-1 of 太郎 from ehime came 2 times']);
    expect(found({ all: [a], there: [came(a), came(b)] })).toEqual(['duplicated: what came from ehime was never said: 毛布（e-2）']);
  });
  it('is in the order of whoever said it, and in that of the room', () => {
    expect(found({ all: [a, b, c], there: [came(c), came(b), came(a)] }).filter((word) => word.includes('太郎'))).toEqual(['misordered: e-3 from ehime came before what 太郎 had said before it']);
    expect(found({ all: [a, b], there: [came(b), came(a)] })).toEqual(['misordered: e-2 from ehime came before what the room had said before it']);
  });
  it('says the same, by the same, mended and taken back as it was', () => {
    expect(found({ all: [a], there: [came(a, { text: '毛布 (e-1)' })] })).toEqual(['disagreeing: e-1 of 太郎 from ehime says 毛布 (e-1), not 毛布（e-1）']);
    const mended = { ...a, versions: [...a.versions, '毛布（e-1）（訂正 1）'] };
    expect([found({ all: [mended] }), found({ all: [mended], there: [came(mended, { text: a.versions[0]! })] }).length]).toEqual([[], 1]);
    const withdrawn = { ...a, isWithdrawn: true };
    expect(found({ all: [withdrawn], there: [came(withdrawn)] }).join()).toContain('was taken back and stands');
    expect([found({ all: [withdrawn], there: [came(withdrawn, { withdrawn: { by: '', at: 0 } })] }), found({ all: [withdrawn], there: [] })]).toEqual([[], []]);
    expect(found({ all: [a], there: [came(a, {}, { name: '理恵' })] }).join()).toContain('is said to be of 理恵');
  });
  it('has the files, byte for byte', () => {
    const sent = { ...a, files: [paper] };
    expect(found({ all: [sent] })).toEqual([]);
    expect(found({ all: [sent], file: { state: 'awaited' } }).join()).toContain('lacks the bytes of 名簿.dat (awaited)');
    expect(found({ all: [sent], lies: 'b'.repeat(64) }).join()).toContain('has other bytes of 名簿.dat');
  });
  it('is asked for what was blacked out, once', () => {
    const gone = { ...a, isRedacted: true };
    expect([found({ all: [gone], wishes: 1 }), found({ all: [gone], wishes: 0 }).length, found({ all: [gone], wishes: 2 }).length]).toEqual([[], 1, 1]);
  });
  it('has not a word of another room, or of before', () => {
    expect(found({ kept: [b], everything: '毛布（e-2）' })).toEqual(['leaked: e-2 was said in a room that is not shared, and is in the record of hiroshima']);
    expect(found({ all: [a], home: [atHome(a, undefined)].map((one) => ({ ...one, share: undefined })), there: [came(a)] }).join()).toContain('was said to nobody else, and came');
  });
  it('of a sharing that was ended lacks what came last at most', () => {
    const over: Share = { id: 'old', state: 'ended', out: chain(3), in: chain(0) };
    const goesOn: Share = { id: 'share', state: 'open', out: chain(9), in: chain(4), have: 9 };
    const old = (all: readonly Said[], there: readonly Said[]): string[] => found({ all, home: all.map((one) => atHome(one, 'old')), there: there.map((one) => came(one, {}, { share: 'old' })), shares: [over, goesOn] });
    expect([old([a, b, c], [a, b]), old([a, b, c], [])]).toEqual([[], []]);
    expect(old([a, b, c], [a, c])).toEqual(['lost: e-2 of 理恵 from ehime was acknowledged and did not come, and something after it did']);
  });
  it('has nothing on its way any more', () => {
    const waits = (ours: Partial<Share>): string => found({ shares: [{ id: 'share', state: 'open', out: chain(9), in: chain(4), have: 9, ...ours }] }).join();
    expect(waits({ have: 8 })).toBe('disagreeing: ehime has sent 9 and knows of 8 that came');
    expect(waits({ out: { no: 9, hash: 'other' } })).toContain('hiroshima has 9 of 9 of ehime');
    expect(waits({ state: 'ended' })).toContain('the room is not shared any more in ehime');
  });
});
