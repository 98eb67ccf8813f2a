import { amend, answer, closeRoom, message, pin, react, removePerson, addPeople, renameRoom, room, say, seatPost, unpin, withdraw, type Message, type Note, type Room } from '@noroshi/features/talk';
import { postSeated } from '@noroshi/features/directory';
import { words as speak } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { derivedId, type Actor, type Id, type Role } from '@noroshi/foundations/kernel';
import { roomStream, type Deed, type Event, type Member } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { answerWanted, askedMessage } from './asked.ts';
import { noteLine } from './newest-line.ts';

const idOf = (name: string): Id => derivedId('talk', name);
const as = (name: string, role: Role = 'member'): Actor => ({ person: idOf(name), org: idOf(`${name}'s town`), role });
const taro = as('taro');
const aoi = as('aoi');
const mika = as('mika', 'guest');
const hanako = as('hanako', 'administrator');
const now = 1_530_900_000_000;
const here: Room = { id: idOf('room'), kind: 'purpose', name: '物資', short: '物', orgs: [idOf("taro's town")], openedBy: taro.person, incidents: [], pins: [] };
const seat = (who: Actor): Member => ({
  no: 1, person: who.person, stays: [{ visibleFrom: 1, countedFrom: 1 }],
  card: { name: 'だれか', org: who.org, orgName: 'どこか', mark: '町', post: '', rank: 9, ...(who.role === 'guest' ? { guest: true } : {}) },
});
const words: Message = { id: idOf('words'), by: taro.person, org: taro.org, at: now, text: '道路が冠水しています', urgency: 'urgent', asks: 1 };

/** What the rule says: `ok`, or the code of the refusal. */
function may<I>(deed: Deed<I, any>, who: Actor, input: I, facts: Record<string, unknown> = {}): string {
  const verdict = deed.may(who, { room: here, me: seat(who), message: words, posts: [], people: [], members: [], organizations: [], ...facts } as never, input, { now, id: idOf('deed'), newId: idOf });
  return verdict.ok ? 'ok' : verdict.code;
}
const at = { room: here.id, message: words.id };

/** Folds what a deed makes true into a thing. */
function after<T>(noun: { folds: ReadonlyMap<string, { evolve: (value: T | undefined, event: Event<any>) => T | undefined }> }, thing: T, deed: Deed<any, any>, who: Actor, input: unknown, seq = 5): T {
  const effects = deed.then(input, { room: here, me: seat(who), message: words } as never, who, { now, id: idOf('deed'), newId: idOf });
  return effects.reduce((value: T, effect) => 'kind' in effect
    ? noun.folds.get(effect.kind.kind)?.evolve(value, { stream: roomStream(here.id), seq, id: idOf('deed'), n: 0, kind: effect.kind.kind, at: now + seq, by: who.person, org: who.org, body: effect.body }) ?? value
    : value, thing);
}

describe('what is done to words once said', () => {
  it('T10 only their author mends them, with words, and everyone sees that they were mended', () => {
    expect(may(amend, taro, { ...at, text: '国道が冠水しています' })).toBe('ok');
    expect(may(amend, aoi, { ...at, text: '国道' })).toBe('talk.notYours');
    expect(may(amend, hanako, { ...at, text: '国道' })).toBe('talk.notYours');
    expect(may(amend, taro, { ...at, text: ' \n' })).toBe('talk.nothingSaid');
    expect(may(amend, taro, { ...at, text: words.text! })).toBe('talk.sameWords');
    expect(may(amend, taro, { ...at, text: '町' }, { message: { ...words, sticker: 'ryokai' } })).toBe('talk.stickerStays');
    expect(may(amend, taro, { ...at, text: '町' }, { message: { ...words, note: { line: 'x', params: {} } } })).toBe('talk.notYours');
    const mended = after(message, words, amend, taro, { ...at, text: '国道が冠水しています' });
    expect(mended).toMatchObject({ text: '国道が冠水しています', amended: { times: 1 }, at: words.at, urgency: 'urgent' });
    expect(after(message, mended, amend, taro, { ...at, text: '県道' }, 6).amended).toEqual({ times: 2, at: now + 6 });
  });

  it('T11 are taken back by their author, or by an administrator who says why; a mark stays and the words go', () => {
    expect(may(withdraw, taro, at)).toBe('ok');
    expect(may(withdraw, aoi, { ...at, reason: '誤り' })).toBe('talk.notYours');
    expect(may(withdraw, hanako, at)).toBe('talk.reasonMissing');
    expect(may(withdraw, hanako, { ...at, reason: ' ' })).toBe('talk.reasonMissing');
    expect(may(withdraw, hanako, { ...at, reason: '個人の名前がありました' })).toBe('ok');
    expect(may(withdraw, taro, at, { message: { ...words, note: { line: 'x', params: {} } } })).toBe('talk.noteStays');
    const gone = after(message, { ...words, answers: { [aoi.person]: ['agreed', now] } }, withdraw, hanako, { ...at, reason: '個人の名前がありました' });
    expect(gone).toEqual({ id: words.id, by: taro.person, org: taro.org, at: now, withdrawn: { by: hanako.person, at: now + 5, reason: '個人の名前がありました' } });
    expect(after(message, gone, amend, taro, { ...at, text: '戻す' }, 6)).toEqual(gone);
  });

  it('T12 nothing more can be done to words that were taken back, that are elsewhere, or in a closed room', () => {
    const deeds: [Deed<any, any>, object][] = [
      [amend, { text: '町' }], [withdraw, {}], [react, { reaction: 'thanks', on: true }], [answer, { answer: 'agreed' }], [pin, { until: now + 1 }],
    ];
    for (const [deed, more] of deeds) {
      const input = { ...at, ...more };
      expect(may(deed, taro, input, { message: { ...words, withdrawn: { by: taro.person, at: now } } }), deed.deed).toBe('talk.withdrawn');
      expect(may(deed, taro, input, { message: undefined }), deed.deed).toBe('talk.messageNotFound');
      expect(may(deed, taro, input, { me: undefined }), deed.deed).toBe('talk.roomNotFound');
      expect(may(deed, taro, input, { room: undefined }), deed.deed).toBe('talk.roomNotFound');
      expect(may(deed, taro, input, { room: { ...here, closedAt: now } }), deed.deed).toBe('talk.roomClosed');
    }
  });

  it('T13 others add a word to them and take it off again, each once', () => {
    expect(may(react, aoi, { ...at, reaction: 'thanks', on: true })).toBe('ok');
    expect(may(react, aoi, { ...at, reaction: 'thanks', on: false })).toBe('talk.reactedAlready');
    const once = after(message, words, react, aoi, { ...at, reaction: 'thanks', on: true });
    const twice = after(message, once, react, mika, { ...at, reaction: 'thanks', on: true }, 6);
    expect(twice.reactions).toEqual({ thanks: [aoi.person, mika.person] });
    expect(may(react, aoi, { ...at, reaction: 'thanks', on: true }, { message: once })).toBe('talk.reactedAlready');
    const none = after(message, once, react, aoi, { ...at, reaction: 'thanks', on: false }, 7);
    expect(none).toEqual(words);
  });
});

describe('an answer to an important or urgent message', () => {
  it('T20 is given by each but its author, may change, and may carry a word', () => {
    expect(may(answer, aoi, { ...at, answer: 'agreed' })).toBe('ok');
    expect(may(answer, mika, { ...at, answer: 'cannot' })).toBe('ok');
    expect(may(answer, taro, { ...at, answer: 'agreed' })).toBe('talk.yourOwn');
    const { urgency: _urgency, ...calm } = words;
    expect(may(answer, aoi, { ...at, answer: 'agreed' }, { message: calm })).toBe('talk.asksNoAnswer');
    const considering = after(message, words, answer, aoi, { ...at, answer: 'considering', word: ' 町長に上げます ' });
    expect(considering.answers).toEqual({ [aoi.person]: ['considering', now + 5, '町長に上げます'] });
    expect(may(answer, aoi, { ...at, answer: 'considering', word: '町長に上げます' }, { message: considering })).toBe('talk.answeredAlready');
    expect(may(answer, aoi, { ...at, answer: 'considering' }, { message: considering })).toBe('ok');
    expect(after(message, considering, answer, aoi, { ...at, answer: 'agreed' }, 6).answers).toEqual({ [aoi.person]: ['agreed', now + 6] });
  });
});

describe('speaking', () => {
  const said = { room: here.id, text: '集まってください' };
  it('T30 quotes only what was said in the same room', () => {
    expect(may(say, taro, { ...said, replyTo: words.id }, { quoted: words })).toBe('ok');
    expect(may(say, taro, { ...said, replyTo: words.id })).toBe('talk.quotedNotHere');
    expect(say.needs({ ...said, replyTo: words.id }, taro)).toMatchObject({ quoted: { noun: 'message', id: words.id } });
    expect(Object.keys(say.needs(said, taro))).toEqual(['room', 'me']);
  });
  it('T31 names only people and organizations of the room', () => {
    expect(may(say, taro, { ...said, mentions: [aoi.person] }, { [`@${aoi.person}`]: seat(aoi) })).toBe('ok');
    expect(may(say, taro, { ...said, mentions: [aoi.person] })).toBe('talk.mentionNotHere');
    expect(may(say, taro, { ...said, mentionOrgs: [taro.org] })).toBe('ok');
    expect(may(say, taro, { ...said, mentionOrgs: [aoi.org] })).toBe('talk.mentionNotHere');
  });
  it('T32 is urgent for all but guests', () => {
    expect(may(say, taro, { ...said, urgency: 'urgent' })).toBe('ok');
    expect(may(say, mika, { ...said, urgency: 'urgent' })).toBe('talk.guestNotUrgent');
    expect(may(say, mika, { ...said, urgency: 'important' })).toBe('ok');
  });
  it('T34 is urgent for nobody from whom that was taken, and asks the directory only then', () => {
    const who = { noUrgent: { by: hanako.person, at: now } };
    expect(may(say, taro, { ...said, urgency: 'urgent' }, { who })).toBe('talk.urgentNotYours');
    expect(may(say, hanako, { ...said, urgency: 'urgent' }, { who })).toBe('talk.urgentNotYours');
    expect(may(say, mika, { ...said, urgency: 'urgent' }, { who })).toBe('talk.guestNotUrgent');
    expect(may(say, taro, { ...said, urgency: 'urgent' }, { who: {} })).toBe('ok');
    for (const softer of [said, { ...said, urgency: 'important' as const }]) {
      expect(may(say, taro, softer, { who })).toBe('ok');
      expect(say.needs(softer, taro)).not.toHaveProperty('who');
    }
    expect(say.needs({ ...said, urgency: 'urgent' }, taro)).toMatchObject({ who: { noun: 'person', id: taro.person } });
    // Someone from outside has no directory on their device; it refuses at once all the same.
    expect(say.needs({ ...said, urgency: 'urgent' }, mika)).not.toHaveProperty('who');
  });
  it('T33 says something, in a room that is open and one’s own', () => {
    expect(may(say, taro, { room: here.id })).toBe('talk.nothingSaid');
    expect(may(say, taro, { room: here.id, text: '　\n' })).toBe('talk.nothingSaid');
    expect(may(say, taro, said, { me: undefined })).toBe('talk.roomNotFound');
    expect(may(say, taro, said, { room: { ...here, closedAt: now } })).toBe('talk.roomClosed');
    expect(may(say, taro, { ...said, incident: idOf('another') })).toBe('talk.incidentNotHere');
    expect(z.safeParse(say.input, { room: here.id, text: 'あ'.repeat(10_000) }).success).toBe(true);
    expect(z.safeParse(say.input, { room: here.id, text: 'あ'.repeat(10_001) }).success).toBe(false);
  });
});

describe('a pin', () => {
  it('T40 stands until its day; there are three at most, and a guest sets none', () => {
    const until = now + 86_400_000;
    const others = [1, 2, 3].map((n) => ({ message: idOf(`pin ${n}`), by: aoi.person, at: now, until }));
    expect(may(pin, aoi, { ...at, until })).toBe('ok');
    expect(may(pin, mika, { ...at, until })).toBe('talk.notAllowed');
    expect(may(pin, aoi, { ...at, until: now })).toBe('talk.pinEnded');
    expect(may(pin, aoi, { ...at, until: now + 367 * 86_400_000 })).toBe('talk.pinTooLong');
    expect(may(pin, aoi, { ...at, until }, { room: { ...here, pins: others } })).toBe('talk.pinsFull');
    expect(may(pin, aoi, { ...at, until }, { room: { ...here, pins: [{ ...others[0]!, until: now }, ...others.slice(1)] } })).toBe('ok');
    expect(may(pin, aoi, { room: here.id, message: others[0]!.message, until: until + 1 }, { room: { ...here, pins: others } })).toBe('ok');
  });
  it('T41 is taken off by anyone in the room, and goes with the words', () => {
    const with1 = after(room, here, pin, aoi, { ...at, until: now + 9_000 });
    expect(with1.pins).toEqual([{ message: words.id, by: aoi.person, at: now + 5, until: now + 9_000 }]);
    expect(may(unpin, taro, at, { room: with1 })).toBe('ok');
    expect(may(unpin, taro, at)).toBe('talk.notPinned');
    expect(after(room, with1, unpin, taro, at, 6).pins).toEqual([]);
    expect(after(room, with1, withdraw, taro, at, 6).pins).toEqual([]);
  });
});

describe('what the hotline itself says', () => {
  const seiyo = idOf('Seiyo');
  const saijo = idOf('Saijo');
  const note: Note = { line: 'incident.opened', params: { name: '平成30年7月豪雨', towns: '西予市・西条市' }, orgs: { towns: [seiyo, saijo] } };
  const japaneseWords = speak('ja', japanese);
  const englishWords = { ...speak('en', english), named: new Map([[seiyo, 'Seiyo'], [saijo, 'Saijo']]) };
  it('T80 calls organizations what they are in the reader’s language, and what they were called then where that is not known', () => {
    expect(noteLine(note, japaneseWords)).toBe('災害「平成30年7月豪雨」を開きました。被災：西予市・西条市');
    expect(noteLine(note, englishWords)).toBe('“平成30年7月豪雨” was opened. Hit: Seiyo, Saijo');
    expect(noteLine(note, { ...englishWords, named: new Map([[seiyo, 'Seiyo']]) })).toBe('“平成30年7月豪雨” was opened. Hit: 西予市・西条市');
    // As a guest reads it, who has no directory, and as older notes are.
    expect(noteLine(note, speak('en', english))).toContain('西予市・西条市');
    expect(noteLine({ line: note.line, params: note.params }, englishWords)).toContain('西予市・西条市');
  });
});

describe('tending a room', () => {
  const group: Room = { ...here, kind: 'group' };
  it('T50 is its people’s where it is for a purpose, the administrators’ where it is a group', () => {
    const name = { room: here.id, name: '物資の調整', short: '物' };
    expect(may(renameRoom, aoi, name)).toBe('ok');
    expect(may(renameRoom, mika, name)).toBe('talk.notAllowed');
    expect(may(renameRoom, aoi, { ...name, name: ' ' })).toBe('talk.nameMissing');
    expect(may(renameRoom, aoi, name, { room: group })).toBe('talk.notAllowed');
    expect(may(renameRoom, hanako, name, { room: group, me: undefined })).toBe('ok');
    expect(may(renameRoom, aoi, name, { me: undefined })).toBe('talk.roomNotFound');
    expect(may(renameRoom, hanako, name, { room: { ...here, kind: 'direct' }, me: undefined })).toBe('talk.roomNotFound');
    expect(may(renameRoom, taro, name, { room: { ...here, kind: 'direct' } })).toBe('talk.roomFixed');
    expect(may(renameRoom, hanako, name, { room: { ...group, drill: idOf('drill') } })).toBe('talk.roomFixed');
  });
  it('T51 closes it by whoever opened it, but not while a disaster runs in it', () => {
    expect(may(closeRoom, taro, { room: here.id })).toBe('ok');
    expect(may(closeRoom, aoi, { room: here.id })).toBe('talk.openersOnly');
    expect(may(closeRoom, taro, { room: here.id }, { room: { ...here, incidents: [{ incident: idOf('flood'), name: '洪水', drill: false, affected: [] }] } })).toBe('talk.roomInDisaster');
  });
  it('T52 lets people into a room for a purpose and out of it; seats that come with a desk are not touched', () => {
    const people = [{ id: aoi.person, name: '葵' }];
    const into = { room: here.id, people: [aoi.person], history: true };
    expect(may(addPeople, taro, into, { people })).toBe('ok');
    expect(may(addPeople, taro, into)).toBe('directory.personNotFound');
    expect(may(addPeople, taro, into, { people, members: [seat(aoi)] })).toBe('talk.hereAlready');
    expect(may(addPeople, hanako, into, { people, room: group })).toBe('talk.roomFollowsPosts');
    const late = (who: Actor): Member => ({ ...seat(who), stays: [{ visibleFrom: 1, countedFrom: 1, until: 5 }, { visibleFrom: 9, countedFrom: 10 }] });
    for (const who of [taro, hanako]) expect(may(addPeople, who, into, { people, me: late(who) })).toBe('talk.historyNotYours');
    expect(may(addPeople, taro, { ...into, history: false }, { people, me: late(taro) })).toBe('ok');
    const out = { room: here.id, person: aoi.person };
    expect(may(removePerson, taro, out, { who: seat(aoi) })).toBe('ok');
    expect(may(removePerson, aoi, out, { who: seat(aoi) })).toBe('ok');
    expect(may(removePerson, mika, out, { who: seat(aoi) })).toBe('talk.notAllowed');
    expect(may(removePerson, taro, out)).toBe('talk.notHere');
    expect(may(removePerson, taro, out, { who: seat(aoi), posts: [{ holder: aoi.person, org: here.orgs[0] }] })).toBe('talk.seatByPost');
    expect(may(removePerson, hanako, out, { who: seat(aoi), room: group })).toBe('talk.roomFollowsPosts');
  });

  it('C1b a post that is filled again finds its rooms by going through who sits where once', () => {
    const rooms = Array.from({ length: 20 }, (_, n): Room => ({ ...here, id: idOf(`room ${n}`), orgs: [] }));
    let looks = 0;
    const members = rooms.flatMap(({ id }) => [aoi, mika, hanako].map((who) => ({
      ...seat(who), stream: roomStream(id), get person() { looks += 1; return who.person; },
      stays: [{ visibleFrom: 1, countedFrom: 1, ...(who === aoi && { until: 9, vacated: idOf('handed over') }) }],
    })));
    const desk = { id: idOf('desk'), org: taro.org, title: '係長', duty: 'disaster', rank: 40, holder: taro.person, vacancies: [idOf('handed over')] };
    const facts = { desk, rooms, members, posts: [desk], people: [{ id: taro.person, name: '太郎', org: taro.org }], organizations: [{ id: taro.org, name: '西予市', short: '西予' }] };
    const seats = seatPost.then({ post: desk.id }, facts as never, taro, { now, id: idOf('deed'), newId: idOf });
    expect(seats[0]).toMatchObject({ kind: postSeated, body: { post: desk.id, vacancies: desk.vacancies } });
    expect(seats.slice(1)).toEqual(rooms.map(({ id }) => expect.objectContaining({ joins: taro.person, history: true, on: roomStream(id) })));
    expect(looks).toBeLessThanOrEqual(members.length);
  });
});

describe('what a message wants of someone', () => {
  const wants = (more: Partial<Message>, of = aoi) => [answerWanted({ ...words, ...more }, of), askedMessage.stands({ ...words, ...more }, of)];
  it('T35 is judged by one rule: the chase asks for what is urgent and was not taken by another, and for nothing that the rule does not want', () => {
    expect(wants({})).toEqual(['owes', 'owes']);
    expect(wants({ urgency: 'important' })).toEqual(['owes', 'free']);
    // They still owe their own word; nobody rings them for it.
    expect(wants({ proxies: { [aoi.person]: [hanako.person, now] } })).toEqual(['owes', 'free']);
    expect(wants({ answers: { [aoi.person]: ['considering', now] } })).toEqual([{ needsTime: now }, { needsTime: now }]);
    expect(wants({ answers: { [aoi.person]: ['cannot', now] } })).toEqual(['free', 'free']);
    expect(wants({ withdrawn: { by: taro.person, at: now } })).toEqual(['free', 'free']);
    expect(wants({}, taro)).toEqual(['free', 'free']);
    // T36: where somebody is named, they alone are asked.
    const other = { ...aoi, person: hanako.person, org: hanako.org };
    expect([{ mentions: [aoi.person] }, { mentionOrgs: [aoi.org] }, { mentions: [other.person] }, { mentions: [other.person], mentionOrgs: [aoi.org] }].map((more) => [wants(more)[0], wants(more, other)[0]]))
      .toEqual([['owes', 'free'], ['owes', 'free'], ['free', 'owes'], ['owes', 'owes']]);
    const { urgency: _none, ...calm } = words;
    expect(answerWanted(calm, aoi)).toBe('free');
  });
});
