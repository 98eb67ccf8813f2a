import type { Message } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import { Findings } from '../outcome.ts';
import type { Side } from './pair-base.ts';
import type { Stood, Told } from './pair-tables.ts';
import type { Said } from './teller.ts';

/** One house of two at the end: what it has acknowledged, and what its tables say. */
export interface Account {
  readonly side: Side;
  readonly org: string;
  readonly said: readonly Said[];
  /** What was said in the room that is not shared. */
  readonly kept: readonly Said[];
  readonly told: Told;
  /** SHA-256 of the bytes that lie on its disk under this hash; nothing where there are none. */
  readonly onDisk: (sha256: string) => string | undefined;
}

/**
 * What was acknowledged in either house stands in the other: once, in the order of whoever said it and of the room, word for word and byte for byte;
 * nothing waits any more, and nothing is there that was never said to both. What was said while the sharing was ended, or did not come before that, need not
 * be there, but of what came nothing before it may be missing.
 */
export function checkPair(one: Account, other: Account, findings: Findings): void {
  for (const [here, there] of [[one, other], [other, one]] as const) {
    checkWay(here, there, findings);
    checkRest(here, there, findings);
  }
}

function checkWay(here: Account, there: Account, findings: Findings): void {
  const from = `from ${here.side}`;
  const { open, ended } = sharings(here.told);
  const came = there.told.stood.filter(({ isTheirs }) => isTheirs);
  const home = here.told.stood.filter(({ isTheirs }) => !isTheirs);
  const atHome = new Map(home.map((stood, i) => [stood.id, { stood, i }]));
  const timesAtHome = Map.groupBy(home, ({ words }) => tokenOf(words));
  const byToken = Map.groupBy(came, ({ words }) => tokenOf(words));
  /** Up to which place of the room all has come, by sharing. */
  const furthest = new Map<Id, number>();
  for (const said of here.said) {
    const stands = atHome.get(said.id);
    const share = stands?.stood.share;
    if (share !== undefined && byToken.has(said.token)) furthest.set(share, Math.max(furthest.get(share) ?? -1, stands!.i));
  }
  for (const said of here.said) {
    const what = `${said.token} of ${said.by.name} ${from}`;
    const stands = atHome.get(said.id);
    if (!stands) {
      findings.add('lost', `${what} is not in its own house`);
      continue;
    }
    if ((timesAtHome.get(said.token)?.length ?? 0) > 1) findings.add('duplicated', `${what} stands more than once in its own house`);
    const { share } = stands.stood;
    const copies = byToken.get(said.token) ?? [];
    if (copies.length > 1) findings.add('duplicated', `${what} came ${copies.length} times`);
    const [copy] = copies;
    if (copy && share === undefined) findings.add('leaked', `${what} was said to nobody else, and came`);
    if (copy && share !== undefined && copy.share !== share) findings.add('disagreeing', `${what} came by another sharing than it was said in`);
    const mayBeAway = share === undefined || said.isWithdrawn || said.isRedacted || (ended.has(share) && stands.i > (furthest.get(share) ?? -1));
    if (!copy) {
      if (!mayBeAway) findings.add('lost', `${what} was acknowledged and did not come${ended.has(share!) ? ', and something after it did' : ''}`);
      continue;
    }
    for (const word of differences(said, copy, here, there, share === open)) findings.add('disagreeing', `${what} ${word}`);
  }
  checkOrder(here, home, byToken, from, findings);
  const known = new Set(here.said.map(({ token }) => token));
  for (const { words } of came) if (!known.has(tokenOf(words))) findings.add('duplicated', `what came ${from} was never said: ${words}`);
  const redacted = here.said.filter((said) => said.isRedacted && !said.isWithdrawn && atHome.get(said.id)?.stood.share === open && open !== undefined && byToken.has(said.token)).length;
  const least = redacted - (ended.size > 0 ? redacted : 0);
  const most = here.said.filter(({ isRedacted }) => isRedacted).length;
  if (there.told.wishes < least || there.told.wishes > most) findings.add('disagreeing', `${redacted} were blacked out ${from} after they came, and ${there.told.wishes} are asked for`);
  for (const { token } of here.kept) if (there.told.everything.includes(`（${token}）`)) findings.add('leaked', `${token} was said in a room that is not shared, and is in the record of ${there.side}`);
}

/** Each speaker's order, and that of the whole room as its own house has it. */
function checkOrder(here: Account, home: readonly Stood[], there: ReadonlyMap<string, readonly Stood[]>, from: string, findings: Findings): void {
  const came = [...there.keys()];
  const placeOf = new Map(came.map((token, i) => [token, i]));
  const inTurn = (tokens: readonly string[], whose: string): void => {
    let last = -1;
    for (const token of tokens) {
      const at = placeOf.get(token);
      if (at === undefined) continue;
      if (at < last) findings.add('misordered', `${token} ${from} came before what ${whose} had said before it`);
      last = Math.max(last, at);
    }
  };
  for (const [name, all] of Map.groupBy(here.said, ({ by }) => by.name)) inTurn(all.map(({ token }) => token), name);
  const inRoom = new Set(here.said.map(({ id }) => id));
  inTurn(home.filter(({ id }) => inRoom.has(id)).map(({ words }) => tokenOf(words)), 'the room');
}

/** What of a copy is not as it was said. @param goesOn whether what became of it since still travels */
function* differences(said: Said, { now, name, org }: Stood, here: Account, there: Account, goesOn: boolean): Iterable<string> {
  if (!now) return yield 'came, and is not in the talk';
  if (name !== said.by.name || org !== here.org) yield `is said to be of ${name}, ${org}`;
  if (goesOn && !said.isRedacted && (now.withdrawn !== undefined) !== said.isWithdrawn) yield said.isWithdrawn ? 'was taken back and stands' : 'was not taken back and is';
  if (now.withdrawn) return;
  const meant = goesOn && !said.isRedacted ? said.versions.slice(-1) : said.versions;
  if (said.versions.length > 0 && !meant.includes(now.text ?? '')) yield `says ${now.text}, not ${meant.join(' or ')}`;
  if (now.place?.name !== said.place) yield `names the place ${now.place?.name}`;
  if ((now.urgency !== undefined) !== (said.urgency !== undefined) || now.urgency === 'urgent') yield `is ${now.urgency}, and was ${said.urgency}`;
  yield* fileDifferences(said, now, here, there, goesOn);
}

function* fileDifferences(said: Said, now: Message, here: Account, there: Account, goesOn: boolean): Iterable<string> {
  const named = now.attachments ?? [];
  if (named.length !== said.files.length) return yield `has ${named.length} files, not ${said.files.length}`;
  for (const [i, { id, name, size, sha256, kind, isIn }] of said.files.entries()) {
    const shown = named[i]!;
    if (shown.name !== name || shown.size !== size || shown.kind !== kind) yield `calls its file ${shown.name}, ${shown.size} bytes, not ${name}, ${size}`;
    const file = there.told.files.get(shown.file);
    if (file?.state !== 'arrived') {
      if (goesOn && isIn) yield `lacks the bytes of ${name} (${file?.state ?? 'not told of'})`;
      continue;
    }
    const ours = here.told.files.get(id)?.sha256;
    const lies = there.onDisk(file.sha256!);
    if (file.sha256 !== ours || lies !== ours || (kind === 'file' && lies !== sha256)) yield `has other bytes of ${name} than were sent`;
  }
}

/** Nothing waits any more, and both have the same of each other. */
function checkRest(here: Account, there: Account, findings: Findings): void {
  const { open } = sharings(here.told);
  const ours = here.told.shares.find(({ id }) => id === open);
  const theirs = there.told.shares.find(({ id }) => id === open);
  if (!ours || !theirs) return findings.add('disagreeing', `the room is not shared any more in ${ours ? there.side : here.side}`);
  if (ours.have !== ours.out.no) findings.add('disagreeing', `${here.side} has sent ${ours.out.no} and knows of ${ours.have ?? 0} that came`);
  if (theirs.in.no !== ours.out.no || theirs.in.hash !== ours.out.hash) findings.add('disagreeing', `${there.side} has ${theirs.in.no} of ${ours.out.no} of ${here.side}`);
  if (here.told.sharing?.delayed) findings.add('disagreeing', `${here.side} says that something has not arrived`);
}

/** Which sharing of the room goes on, and which were ended. */
function sharings({ shares }: Told): { open: Id | undefined; ended: ReadonlySet<Id> } {
  return { open: shares.find(({ state }) => state === 'open')?.id, ended: new Set(shares.filter(({ state }) => state === 'ended').map(({ id }) => id)) };
}

/** The words by which something is found. */
const tokenOf = (words: string): string => /（(.+?)）/.exec(words)?.[1] ?? words;
