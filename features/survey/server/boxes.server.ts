import { derivedId, refused, systemActor, type Id, type Refusal } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
import { asRefusal, Buckets, ComeBackLater, type Stair } from '@noroshi/foundations/sync/server';
import { constants, createHash, createPrivateKey, createPublicKey, generateKeyPair, privateDecrypt, webcrypto } from 'node:crypto';
import { promisify } from 'node:util';
import { ballot, openBox, type Ballot } from '../ballot.ts';
import { isBelow, isSigned, keyBytes, type Sha256 } from '../blind.ts';
import { answersOf, checkValues, type Values } from '../form.ts';
import { isOpen, sheet as sheetNoun, type Sheet } from '../sheet.ts';
import { keyOf, putBox, putIn } from './box.store.ts';

const makePair = promisify(generateKeyPair);
const sha256: Sha256 = async (bytes) => new Uint8Array(await webcrypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
/** What everybody may know of a key, in hex. */
const publicOf = (key: Buffer): string => Buffer.from(createPublicKey(createPrivateKey({ key, format: 'der', type: 'pkcs8' })).export({ format: 'jwk' }).n!, 'base64url').toString('hex').padStart(keyBytes * 2, '0');

/** Has a box stand, with a key of its own. */
export async function ensureBox(pool: Stair['pool'], sheet: Id): Promise<void> {
  if (!(await keyOf(pool, sheet))) await putBox(pool, sheet, (await makePair('rsa', { modulusLength: keyBytes * 8 })).privateKey.export({ format: 'der', type: 'pkcs8' }));
}

interface On { readonly place: Id; readonly sheet: Id }
interface Cast { readonly sheet: Id; readonly token: string; readonly signature: string; readonly values: Values }

/** The boxes of anonymous surveys: whoever may answer has a ballot signed that nobody sees, and puts it in as nobody in particular. */
export class Boxes {
  readonly #stair: Stair;
  // Of ballots only the address is known, and many of one town may come from one. It is forgotten with the process.
  readonly #casts: Buckets<string>;
  /** By the hash of the ballot: each answer writes the whole box anew, and nobody changes their mind so often. */
  readonly #again: Buckets<string>;

  constructor(stair: Stair) {
    this.#stair = stair;
    this.#casts = new Buckets({ burst: 60, perSecond: 2 }, stair.now);
    this.#again = new Buckets({ burst: 10, perSecond: 10 / 600 }, stair.now);
  }

  /** An anonymous survey that this person sees, or nothing: what one may not see is answered as what is not there. */
  #seen(person: Id, { place, sheet }: On): Sheet | undefined {
    const doc = this.#stair.memory.get(sheetNoun.noun, sheet);
    const stay = doc?.stream === roomStream(place) ? this.#stair.memory.maySee(person, doc.stream) : undefined;
    const one = doc && stay && this.#stair.memory.isVisible(doc, stay) ? (doc.value as Sheet) : undefined;
    return one?.anonymous ? one : undefined;
  }

  /** Sets the box up where nobody has asked for it yet. */
  async want(person: Id, on: On): Promise<object | Refusal> {
    const one = this.#seen(person, on);
    if (!one) return refused('survey.notFound');
    if (one.key !== undefined) return {};
    const { pool, now } = this.#stair;
    if (!isOpen(one, now())) return refused('survey.over');
    await ensureBox(pool, on.sheet);
    // Two at once make one box: what lies in the table counts.
    const key = await keyOf(pool, on.sheet);
    if (!key) return refused('survey.over');
    const told = await this.#stair.submit(systemActor, { id: derivedId(on.sheet, 'box'), name: openBox.deed, input: { ...on, key: publicOf(key) } });
    return told.ok || told.code === 'survey.over' ? {} : told;
  }

  /** Signs what this person has taken, and nothing else. */
  async sign(person: Id, on: On): Promise<{ signed: string } | Refusal> {
    const one = this.#seen(person, on);
    const taken = one && (this.#stair.memory.get(ballot.noun, `${on.sheet}/${person}`)?.value as Ballot | undefined);
    const key = taken && (await keyOf(this.#stair.pool, on.sheet));
    if (!one?.key || !taken || !key || !isBelow(one.key, taken.blinded)) return refused('survey.notFound');
    const signed = privateDecrypt({ key: createPrivateKey({ key, format: 'der', type: 'pkcs8' }), padding: constants.RSA_NO_PADDING }, Buffer.from(taken.blinded, 'hex'));
    return { signed: signed.toString('hex') };
  }

  /** Puts an answer in. Who asks is known by the ballot alone. */
  async cast(address: string, { sheet, token, signature, values }: Cast): Promise<object | Refusal> {
    const wait = this.#casts.take(address);
    if (wait > 0) return asRefusal(new ComeBackLater('busy', wait));
    const { memory, now, pool } = this.#stair;
    const one = memory.get(sheetNoun.noun, sheet)?.value as Sheet | undefined;
    // A wrong ballot learns nothing of what there is.
    if (!one?.anonymous || one.key === undefined || !(await isSigned(one.key, sheet, token, signature, sha256))) return refused('survey.ballotWrong');
    if (!isOpen(one, now())) return one.due !== undefined && now() >= one.due ? refused('survey.tooLate', { n: Math.max(1, Math.round((now() - one.due) / 60_000)) }) : refused('survey.over');
    const verdict = checkValues(one.form, values);
    if (!verdict.ok) return verdict;
    const hash = createHash('sha256').update(token).digest('hex');
    const rest = this.#again.take(hash);
    if (rest > 0) return asRefusal(new ComeBackLater('busy', rest));
    // Whether the box is still open is decided there: it may have been sealed since.
    return (await putIn(pool, sheet, hash, answersOf(one.form, values), one.once ?? false)) ? {} : refused(one.once ? 'survey.answeredOnce' : 'survey.over');
  }
}
