import {
  amendPlan, amendPost, answerPost, asksOf, askedPost, board, boards, cancelPlan, comment, commentOn, deskOf, deskStream, inOrder, isOver, letIn, letOut, openBoard, pinPost, plainBody, planPost, plannedPost, post, postNow, readBody, remindPost, withdrawComment, withdrawPost, writeBody,
  type Comment, type PlannedPost, type Post,
} from '@noroshi/features/board';
import { addOrganization, addPerson, directory } from '@noroshi/features/directory';
import { incident, incidents } from '@noroshi/features/incident';
import { room, talk, type Room } from '@noroshi/features/talk';
import { files, storedFile } from '@noroshi/foundations/files';
import type { Actor, Id } from '@noroshi/foundations/kernel';
import { assemble, memberId, roomStream, type Member } from '@noroshi/foundations/sync';
import { codeOf, freshId, Paper, personOf, systemActor } from '@noroshi/foundations/testing';
import { describe, expect, it } from 'vitest';
import { askedOf, readersByOrg } from './readers.ts';
import { asWritten, contentOf, emptyWritten, parted, renamed } from './web/written.ts';

const house = assemble([files, directory, talk, incidents, boards]);
const hour = 3_600_000;

function opened() {
  const paper = new Paper(house);
  const [ehime, seiyo, id] = [freshId(), freshId(), freshId()] as [Id, Id, Id];
  paper.do(systemActor, addOrganization, { id: ehime, code: '380008', name: '愛媛県', kana: '', romaji: 'Ehime', short: '県', kind: 'prefecture' });
  paper.do(systemActor, addOrganization, { id: seiyo, code: '382141', name: '西予市', kana: '', romaji: 'Seiyo', short: '西予', kind: 'city' });
  const [hanako, taro, mika] = [personOf('member', ehime), personOf('member', seiyo), personOf('guest', freshId())];
  const input = { id, name: '県からのお知らせ', short: '掲示', categories: [{ id: 'c1', name: 'お知らせ' }, { id: 'c2', name: '様式' }], readers: { orgs: [seiyo], people: [] }, writers: { orgs: [ehime], people: [] } };
  const as = (role: Actor['role']): string => codeOf(paper.do(personOf(role, ehime), openBoard, { ...input, id: freshId() }));
  paper.do(systemActor, openBoard, input);
  // Paper knows no seats: those that the board would have given.
  const seat = (stream: string, who: Actor): Member => {
    const member: Member = { no: 1, person: who.person, card: { name: '', org: who.org, orgName: '', mark: '', post: '', rank: 1 }, stays: [{ visibleFrom: 1, countedFrom: 1 }] };
    paper.put('member', memberId(stream, who.person), member, stream);
    return member;
  };
  for (const who of [hanako, taro]) seat(roomStream(id), who);
  seat(deskStream(id), hanako);
  const content = { title: '様式の統一', category: 'c1', body: readBody('同じ様式を使ってください。'), comments: true };
  const due = paper.now + 6 * hour;
  const posts = (more: object = {}, who = hanako): { code: string; id: Id } => {
    const told = paper.do(who, postNow, { board: id, ...content, ...more });
    return { code: codeOf(told), id: told.ok ? told.id : '' };
  };
  const now = (of: Id): Post => paper.get<Post>(post.noun, of)!;
  return { paper, id, ehime, seiyo, hanako, taro, mika, input, as, content, due, posts, now, must: { due, answers: ['参加', '不参加'] } };
}

describe('who reads and who writes', () => {
  it('B1 administrators open a board: whoever writes has a place at its desk, and reads too', () => {
    const { paper, id, as, ehime, input } = opened();
    expect([as('member'), as('manager'), as('administrator')]).toEqual(['board.administratorsOnly', 'board.administratorsOnly', 'ok']);
    expect([paper.get<Room>(room.noun, id)!.orgs.toSorted(), paper.get<Room>(room.noun, deskOf(id))!.orgs]).toEqual([[...input.readers.orgs, ehime].toSorted(), [ehime]]);
    expect(codeOf(paper.do(systemActor, openBoard, { ...input, id: freshId(), writers: { orgs: [], people: [] } }))).toBe('board.nobodyWrites');
    expect(paper.get(board.noun, id)).toMatchObject({ categories: input.categories });
  });

  it('B2 who has no place at the desk posts nothing, and who has none on the board learns nothing of it', () => {
    const { paper, id, posts, now, taro, mika, hanako } = opened();
    expect(posts({}, taro).code).toBe('board.notFound');
    expect(posts({}, mika).code).toBe('board.notFound');
    const { id: one } = posts();
    expect(now(one)).toMatchObject({ title: '様式の統一', by: hanako.person, rev: 1 });
    for (const who of [taro, mika]) {
      expect(codeOf(paper.do(who, withdrawPost, { board: id, post: one }))).toBe('board.notFound');
      expect(codeOf(paper.do(who, pinPost, { board: id, post: one, on: true }))).toBe('board.notFound');
    }
    expect(codeOf(paper.do(mika, commentOn, { board: id, post: one, text: 'はい' }))).toBe('board.notFound');
    expect(codeOf(paper.do(mika, answerPost, { board: id, post: one, answer: 0 }))).toBe('board.notFound');
  });
});

describe('who tends a board', () => {
  it('B16 administrators let single people in to read or to write, guests only to read, and take them off again; a seat by a post stays', () => {
    const { paper, id, ehime, seiyo, hanako, input } = opened();
    const admin = personOf('administrator', ehime);
    const [ken, mika, held] = [freshId(), freshId(), freshId()];
    const person = (of: Id, role: 'member' | 'guest'): void => { paper.do(systemActor, addPerson, { id: of, name: '人', kana: '', org: seiyo, role, phones: [], ...(of === held ? { post: { id: freshId(), title: '係長', duty: 'other', rank: 50 } } : {}) }); };
    person(ken, 'member');
    person(mika, 'guest');
    person(held, 'member');
    const lets = (people: Id[], writing: boolean, as = admin): string => codeOf(paper.do(as, letIn, { board: id, people, writing }));
    expect([lets([ken], false, hanako), lets([mika], true), lets([freshId()], false), lets([ken, mika], false), lets([ken], true)]).toEqual(['board.administratorsOnly', 'board.guestsRead', 'directory.personNotFound', 'ok', 'ok']);
    const joins = letIn.then({ board: id, people: [ken], writing: true }, { readers: [], writers: [], people: [{ id: ken, org: seiyo, name: '人' }], posts: [], organizations: [{ id: seiyo, name: '西予市', short: '西予' }] } as never, admin, {} as never);
    expect(joins.map((effect) => 'joins' in effect && [effect.on, effect.history])).toEqual([[roomStream(id), true], [deskStream(id), true]]);
    // Paper seats nobody: these two sit there.
    for (const who of [ken, held]) paper.put('member', memberId(roomStream(id), who), { no: 2, person: who, card: {}, stays: [{ visibleFrom: 1, countedFrom: 1 }] }, roomStream(id));
    const off = (who: Id, as = admin): string => codeOf(paper.do(as, letOut, { board: id, person: who, writing: false }));
    expect([off(ken, hanako), off(mika), off(held), off(ken), lets([ken], false)]).toEqual(['board.administratorsOnly', 'board.notHere', 'board.seatByPost', 'ok', 'board.hereAlready']);
    expect(paper.get<Room>(room.noun, id)!.orgs).toContain(input.readers.orgs[0]);
    // A category that is renamed keeps its notices, a new one takes no other's number.
    expect(renamed(input.categories, ['お知らせ', '手引'])).toEqual([{ id: 'c1', name: 'お知らせ' }, { id: 'c2', name: '手引' }]);
    expect(renamed(input.categories, ['訓練', '様式', 'お知らせ'])).toEqual([{ id: 'c3', name: '訓練' }, { id: 'c2', name: '様式' }, { id: 'c1', name: 'お知らせ' }]);
  });
});

describe('what a notice says', () => {
  it('B3 is a small set of shapes, kept as data: read, written and read again it is the same', () => {
    const text = '最初の段落\n二行目\n\n■ お願いすること\n1. 様式を使う\n2. **必ず**写真を送る\n\n・県の[様式集](https://example.jp/a?b=1)\n・https://example.jp を見る';
    const body = readBody(text);
    expect(body.map(({ kind }) => kind)).toEqual(['paragraph', 'heading', 'numbered', 'numbered', 'bullet', 'bullet']);
    expect(body[3]!.runs).toEqual([{ text: '必ず', bold: 1 }, { text: '写真を送る' }]);
    expect(body[4]!.runs).toEqual([{ text: '県の' }, { text: '様式集', link: 'https://example.jp/a?b=1' }]);
    expect(body[5]!.runs[0]).toEqual({ text: 'https://example.jp', link: 'https://example.jp' });
    expect(readBody(writeBody(body))).toEqual(body);
    expect(plainBody(body)).toContain('最初の段落\n二行目');
  });

  it('B3 a script, another protocol and half a mark are words and nothing else', () => {
    const hostile = '<script>alert(1)</script> [押す](javascript:alert(1)) **半分 [x]( data:text/html,x';
    expect(readBody(hostile)).toEqual([{ kind: 'paragraph', runs: [{ text: hostile }] }]);
    const { paper, id, content, hanako } = opened();
    expect(() => paper.do(hanako, postNow, { board: id, ...content, body: [{ kind: 'paragraph', runs: [{ text: 'x', link: 'javascript:alert(1)' }] }] })).toThrow('link');
    // What offices type is understood: full-width marks, dots without a space, a date that is no number of a list.
    expect(readBody('＃ 見出し\n●見出し\n・項目\n１．番号\n12.5メートル').map(({ kind }) => kind)).toEqual(['heading', 'heading', 'bullet', 'numbered', 'paragraph']);
  });

  it('B4 is refused with a word beside what is missing, and nothing of it is changed', () => {
    const { posts, due, paper } = opened();
    expect(posts({ title: '　' }).code).toBe('board.titleMissing');
    expect(posts({ body: [] }).code).toBe('board.nothingWritten');
    expect(posts({ category: 'c9' }).code).toBe('board.categoryGone');
    expect(posts({ until: paper.now }).code).toBe('board.endIsPast');
    expect(posts({ must: { due: paper.now, answers: ['了解'] } }).code).toBe('board.dueIsPast');
    expect(posts({ must: { due, answers: ['了解', '了解'] } }).code).toBe('board.sameAnswers');
    expect(posts({ until: due - 1, must: { due, answers: ['了解'] } }).code).toBe('board.endsBeforeDue');
    expect(posts({ body: [{ kind: 'paragraph', runs: [{ text: 'あ'.repeat(7_000) }, { text: 'い'.repeat(1_001) }] }] }).code).toBe('board.tooLong');
    const { content, wrong } = contentOf({ ...emptyWritten, must: true }, '確認しました');
    expect([[...wrong], content.must]).toEqual([['title', 'text', 'mustDue'], undefined]);
    expect(parted('参加／ 不参加、未定')).toEqual(['参加', '不参加', '未定']);
  });

  it('B4 what was posted comes back into its form as it was', () => {
    const { posts, now, due, id } = opened();
    const { id: one } = posts({ body: readBody('■ 見出し\n・項目'), must: { due, answers: ['参加', '不参加'] }, until: due + hour, pinned: true });
    const written = asWritten({ ...now(one), board: id });
    expect(contentOf(written, '確認しました').content).toEqual({ title: '様式の統一', category: 'c1', body: readBody('■ 見出し\n・項目'), comments: true, pinned: true, until: due + hour, must: { due, answers: ['参加', '不参加'] } });
  });
});

describe('time', () => {
  it('B5 what is planned lies on the desk, is posted by the clock as its author’s, and once', () => {
    const { paper, id, content, hanako, now, due } = opened();
    const told = paper.do(hanako, planPost, { board: id, due, ...content });
    expect(codeOf(told)).toBe('ok');
    const plan = told.ok ? told.id : '';
    expect(paper.events.at(-1)!.stream).toBe(deskStream(id));
    paper.pass(5 * hour);
    expect(now(plan)).toBeUndefined();
    paper.pass(hour);
    expect(now(plan)).toMatchObject({ title: '様式の統一', by: hanako.person, org: hanako.org, at: due });
    expect(paper.get<PlannedPost>(plannedPost.noun, plan)!.over).toBe('posted');
    expect(paper.events.filter(({ kind }) => kind === 'board.posted')).toHaveLength(1);
    expect(codeOf(paper.do(hanako, planPost, { board: id, due: paper.now, ...content }))).toBe('board.planIsPast');
  });

  it('B5 a plan whose time was changed is posted at the later one; one that was cancelled never', () => {
    const { paper, id, content, hanako, taro, now, due } = opened();
    const plans = (): Id => { const told = paper.do(hanako, planPost, { board: id, due, ...content }); return told.ok ? told.id : ''; };
    const [later, never] = [plans(), plans()];
    expect(codeOf(paper.do(taro, cancelPlan, { board: id, plan: never }))).toBe('board.notFound');
    expect(codeOf(paper.do(hanako, amendPlan, { board: id, plan: later, due: due + hour, ...content, title: '直した' }))).toBe('ok');
    expect(codeOf(paper.do(hanako, cancelPlan, { board: id, plan: never }))).toBe('ok');
    paper.pass(6 * hour);
    expect([now(later), now(never)]).toEqual([undefined, undefined]);
    paper.pass(hour);
    expect([now(later)?.title, now(never)]).toEqual(['直した', undefined]);
  });

  it('B6 files are handed on from the desk to the board; of one that has not arrived it is said so', () => {
    const { paper, id, content, hanako, now, due } = opened();
    const file = (name: string) => ({ file: freshId(), kind: 'file' as const, name, size: 3, type: 'application/pdf', sha256: 'a'.repeat(64) });
    const [here, away] = [file('様式1.pdf'), file('地図.pdf')];
    const told = paper.do(hanako, planPost, { board: id, due, ...content, attachments: [here, away] });
    const plan = told.ok ? told.id : '';
    const lies = paper.get<object>(storedFile.noun, here.file)!;
    paper.put(storedFile.noun, here.file, { ...lies, state: 'arrived', sha256: 'a'.repeat(64) }, deskStream(id));
    paper.pass(6 * hour);
    const { attachments, missing } = now(plan);
    expect([attachments!.map(({ name }) => name), missing]).toEqual([['様式1.pdf'], ['地図.pdf']]);
    expect(attachments![0]!.file).not.toBe(here.file);
    expect(paper.get(storedFile.noun, attachments![0]!.file)).toMatchObject({ state: 'arrived', sha256: 'a'.repeat(64), of: plan });
  });

  it('B7 with its end it leaves the list and stays as it is; pinned ones stand first', () => {
    const { paper, id, hanako, posts, now, due } = opened();
    const { id: old } = posts();
    paper.now += 1_000;
    const { id: ends } = posts({ until: due });
    paper.now += 1_000;
    expect(inOrder([now(old), now(ends)]).map((one) => one.id)).toEqual([ends, old]);
    paper.do(hanako, pinPost, { board: id, post: old, on: true });
    expect(inOrder([now(old), now(ends)]).map((one) => one.id)).toEqual([old, ends]);
    expect([isOver(now(ends), due - 1), isOver(now(ends), due)]).toEqual([false, true]);
    expect(now(ends).body).toEqual(readBody('同じ様式を使ってください。'));
  });
});

describe('what becomes of it', () => {
  it('B8 is a version: two who change the same do not undo each other, and who wrote later looks again', () => {
    const { paper, id, content, hanako, posts, now } = opened();
    const { id: one } = posts();
    expect(codeOf(paper.do(hanako, amendPost, { board: id, post: one, sees: 1, ...content, title: '第2版' }))).toBe('ok');
    expect(codeOf(paper.do(hanako, amendPost, { board: id, post: one, sees: 1, ...content, title: 'ほか' }))).toBe('board.changedMeanwhile');
    expect(now(one)).toMatchObject({ rev: 2, title: '第2版', amended: { by: hanako.person } });
    expect(codeOf(paper.do(hanako, withdrawPost, { board: id, post: one, reason: '誤り' }))).toBe('ok');
    expect(now(one)).toMatchObject({ title: '', body: [], withdrawn: { reason: '誤り' } });
    expect(codeOf(paper.do(hanako, pinPost, { board: id, post: one, on: true }))).toBe('board.withdrawn');
  });

  it('B9 comments stand where they are open; one’s own are taken back, and others’ by those who write', () => {
    const { paper, id, content, hanako, taro, posts } = opened();
    const { id: one } = posts();
    const says = (text: string): string => codeOf(paper.do(taro, commentOn, { board: id, post: one, text }));
    const told = paper.do(taro, commentOn, { board: id, post: one, text: '様式はどこですか' });
    const mine = told.ok ? told.id : '';
    expect(paper.get<Comment>(comment.noun, mine)).toMatchObject({ text: '様式はどこですか', by: taro.person, post: one });
    expect(says('  ')).toBe('board.nothingWritten');
    const hers = paper.do(hanako, commentOn, { board: id, post: one, text: 'ここです' });
    expect(codeOf(paper.do(taro, withdrawComment, { board: id, post: one, comment: hers.ok ? hers.id : '' }))).toBe('board.notYours');
    expect(codeOf(paper.do(hanako, withdrawComment, { board: id, post: one, comment: mine, tending: true }))).toBe('ok');
    expect(paper.get<Comment>(comment.noun, mine)).toMatchObject({ text: '' });
    paper.do(hanako, amendPost, { board: id, post: one, sees: 1, ...content, comments: false });
    expect(says('まだですか')).toBe('board.commentsClosed');
  });
});

describe('要確認', () => {
  it('B10 is answered by its buttons; the last answer counts, and no button is changed once one was pressed', () => {
    const { paper, id, content, hanako, taro, posts, now, must, due } = opened();
    const { id: one } = posts({ must });
    expect(asksOf(now(one), taro.person, paper.now)).toBe(true);
    expect(asksOf(now(one), hanako.person, paper.now)).toBe(false);
    expect(codeOf(paper.do(taro, answerPost, { board: id, post: one, answer: 2 }))).toBe('board.nothingAsked');
    paper.do(taro, answerPost, { board: id, post: one, answer: 1 });
    paper.do(taro, answerPost, { board: id, post: one, answer: 0, word: '1名' });
    expect(now(one).answers).toEqual({ [taro.person]: [0, paper.now, '1名'] });
    expect(asksOf(now(one), taro.person, paper.now)).toBe(false);
    expect(codeOf(paper.do(hanako, amendPost, { board: id, post: one, sees: 1, ...content, must: { due, answers: ['了解'] } }))).toBe('board.answeredAlready');
    expect(codeOf(paper.do(hanako, amendPost, { board: id, post: one, sees: 1, ...content, must: { ...must, due: due + hour } }))).toBe('ok');
    expect(codeOf(paper.do(taro, answerPost, { board: id, post: posts().id, answer: 0 }))).toBe('board.nothingAsked');
  });

  it('B11 the unread are told again by those who write, once in three minutes, and only of what has to be read', () => {
    const { paper, id, content, hanako, taro, posts, must } = opened();
    const { id: one } = posts({ must });
    const remind = (who: Actor, post = one): string => codeOf(paper.do(who, remindPost, { board: id, post }));
    expect([remind(taro), remind(hanako), remind(hanako)]).toEqual(['board.notFound', 'ok', 'board.remindedJustNow']);
    paper.now += 3 * 60_000;
    expect([remind(hanako), remind(hanako, posts().id)]).toEqual(['ok', 'board.nothingAsked']);
    // What has to be read only since a change is told then.
    const { id: later } = posts();
    paper.do(hanako, amendPost, { board: id, post: later, sees: 1, ...content, must });
    paper.do(hanako, amendPost, { board: id, post: later, sees: 2, ...content, must, title: 'また直した' });
    const kinds = paper.events.filter((event) => askedPost.tellsNow!(event)).map(({ kind }) => kind);
    expect(kinds).toEqual(['board.posted', 'board.reminded', 'board.reminded', 'board.reminded']);
  });

  it('B12 from its time on, and not before, whoever has not answered is chased; a time that was put off is the later one', () => {
    const { paper, id, content, hanako, taro, posts, now, must, due } = opened();
    const { id: one } = posts({ must });
    const stands = (who: Actor): unknown => askedPost.stands(now(one), { person: who.person, org: who.org });
    expect(stands(taro)).toBe('free');
    paper.do(hanako, amendPost, { board: id, post: one, sees: 1, ...content, must: { ...must, due: due + hour } });
    paper.pass(6 * hour);
    expect([now(one).fellDue, stands(taro)]).toEqual([undefined, 'free']);
    paper.pass(hour);
    expect([stands(taro), stands(hanako)]).toEqual(['owes', 'free']);
    expect(paper.events.filter((event) => askedPost.begins(event)).map(({ kind }) => kind)).toEqual(['board.fellDue']);
    paper.do(taro, answerPost, { board: id, post: one, answer: 0 });
    expect(stands(taro)).toBe('free');
  });

  it('B13 who has read is told by name and organization: the unread first, and who has answered has read', () => {
    const { ehime, posts, now, must, taro, hanako } = opened();
    const { id: one } = posts({ must });
    const member = (no: number, org: Id, rank: number, more: Partial<Member> = {}): Member => ({ no, person: freshId(), card: { name: `${no}`, org, orgName: org === ehime ? '愛媛県' : '西予市', mark: '', post: '', rank }, stays: [{ visibleFrom: 1, countedFrom: 1 }], ...more });
    const people = [member(1, taro.org, 20), member(2, taro.org, 10), member(3, ehime, 5), member(4, taro.org, 1, { shut: true }), member(5, taro.org, 1, { stays: [{ visibleFrom: 1, countedFrom: 99 }] }), { ...member(6, ehime, 1), person: hanako.person }];
    const value = { ...now(one), answers: { [people[2]!.person]: [0, 1] as const } };
    const doc = { noun: post.noun, id: one, stream: '', born: 7, seq: 7, value };
    const asked = askedOf(doc, people, (no) => (no === 1 ? { delivered: 9, read: 3, ranges: [[7, 7]] } : no === 2 ? { delivered: 8, read: 6, ranges: [] } : undefined));
    expect(readersByOrg(asked).map(({ name, people: some }) => [name, some.map(({ who, delivered, read, answer }) => [who.no, delivered, read, answer])])).toEqual([
      ['西予市', [[2, true, false, undefined], [1, true, true, undefined]]], ['愛媛県', [[3, true, true, 0]]],
    ]);
  });

  it('B14 what belongs to a drill says so in all that is told of it', () => {
    const { paper, posts, now, must, id, taro, ehime } = opened();
    const drill = freshId();
    paper.put(incident.noun, drill, { id: drill, name: '防災訓練', kind: 'flood', drill: true, openedAt: paper.now, openedBy: freshId(), affected: [], roles: [], headquarters: ehime, planVersion: '', planRevision: 1, revision: 1 });
    const { id: one } = posts({ must, incident: drill });
    paper.do(taro, answerPost, { board: id, post: one, answer: 0 });
    expect([now(one).drill, askedPost.tells(now(one), id).drill]).toEqual([true, true]);
    expect(paper.events.slice(-2).map(({ drill: is, incident: of }) => [is, of])).toEqual([[true, drill], [true, drill]]);
    expect(now(posts().id).drill).toBeUndefined();
    expect(posts({ incident: freshId() }).code).toBe('board.incidentOver');
  });
});
