import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { command, currentStay, door, happens, membership, noun, question, ref, roomStream, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { valuesShape } from './form.ts';
import type { PooledGroup } from './pooled.ts';
import { ballotTaken, boxOpened, isAsked, isOpen, theSheet } from './sheet.ts';

/** A key, or what it signs, in hex. */
const signable = z.string().check(z.regex(/^[0-9a-f]{512}$/));
const inPlace = z.strictObject({ place: idShape, sheet: idShape });
/** The secret of a ballot has so many bytes. */
export const tokenBytes = 32;

/** What somebody had signed, without its being seen: it says that they have answered, and not what. */
export interface Ballot { readonly sheet: string; readonly person: string; readonly blinded: string }
export const ballot = noun<Ballot>('surveyBallot').begins(ballotTaken, (e) => `${e.body.sheet}/${e.body.person}`, ({ body }) => body);
export const theBallot = (sheet: string, person: string): Ref<Ballot> => ref(ballot, `${sheet}/${person}`);

/** The box stands: everybody sees the same key, so that nobody can be given one of their own by which they would be known. */
export const openBox = command('survey.openBox', {
  about: 'The box of an anonymous survey stands, with the key that signs its ballots.',
  input: z.strictObject({ place: idShape, sheet: idShape, key: signable }),
  streams: ({ place }) => [roomStream(place)],
  system: true,
  needs: ({ sheet }) => ({ sheet: theSheet(sheet) }),
  may: (_actor, { sheet: one }) => (one?.anonymous && one.key === undefined ? allowed : refused('survey.over')),
  then: ({ sheet, key }) => [happens(boxOpened, { sheet, key })],
});

/** 匿名で答える, the part that bears a name: that I answer. What I answer is put into the box by nobody in particular (`cast`). (V29) */
export const takeBallot = command('survey.takeBallot', {
  about: 'Has a hidden ballot of an anonymous survey signed. It tells that the person answers, never what.',
  input: z.strictObject({ place: idShape, sheet: idShape, blinded: signable }),
  streams: ({ place }) => [roomStream(place)],
  offline: false,
  needs: ({ place, sheet }, actor) => ({ sheet: theSheet(sheet), me: membership(roomStream(place), actor.person), mine: theBallot(sheet, actor.person) }),
  may(actor, { sheet: one, me, mine }, _input, { now }) {
    if (!one) return refused('survey.notFound');
    if (actor.role === 'guest') return refused('survey.notForGuests');
    if (!one.anonymous || one.key === undefined) return refused('survey.notAnonymous');
    if (!me || !currentStay(me) || !isAsked(one, { person: me.person, org: me.card.org })) return refused('survey.notAsked');
    if (!isOpen(one, now)) return refused('survey.over');
    return mine ? refused('survey.ballotTaken') : allowed;
  },
  then: ({ sheet, blinded }, { sheet: one }, actor) => [happens(ballotTaken, { sheet, person: actor.person, blinded }, { ...(one!.incident ? { incident: one!.incident } : {}), drill: one!.drill ?? false })],
});

/** Asks for the box to stand: its key comes with the events. */
export const wantBox = door('survey.wantBox', { about: 'Has the box of an anonymous survey set up, where nobody has asked for it yet.', input: inPlace, output: z.strictObject({}), signedIn: true });
/** What was taken is signed, for whoever took it alone. */
export const signBallot = door('survey.signBallot', { about: 'Signs the hidden ballot that the asker has taken.', input: inPlace, output: z.strictObject({ signed: signable }), signedIn: true });
/** Puts an answer into the box. It is asked without a session, and nothing of who asks is written down. (V29) */
export const castBallot = door('survey.cast', {
  about: 'Puts an answer into the box of an anonymous survey, or takes the place of the one with the same ballot. Asked without a session.',
  input: z.strictObject({ sheet: idShape, token: z.string().check(z.regex(/^[0-9a-f]{64}$/)), signature: signable, values: valuesShape }),
  output: z.strictObject({}), signedIn: false, unlogged: true, largest: 64 * 1_024,
});

const groupShape = z.object({
  orgs: z.array(idShape), n: z.number(),
  questions: z.array(z.object({ id: z.string(), answered: z.optional(z.number()), options: z.optional(z.record(z.string(), z.number())), sum: z.optional(z.number()), rows: z.optional(z.array(z.number())), words: z.optional(z.array(z.string())) })),
});
/** How it stands with the results: not over yet, too few answers to tell, ended before its deadline, taken out, or those groups that the asker may see. */
export const sums = question('survey.sums', {
  about: 'The results of an anonymous survey: nothing before it is over everywhere, and only groups of at least five answers.',
  input: z.strictObject({ survey: idShape }),
  output: z.object({ state: z.enum(['open', 'few', 'stopped', 'gone', 'shown']), groups: z.array(groupShape) }),
});
export interface Sums { readonly state: 'open' | 'few' | 'stopped' | 'gone' | 'shown'; readonly groups: readonly PooledGroup[] }
