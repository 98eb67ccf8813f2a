import { addOrganization, addPerson, directory } from '@noroshi/features/directory';
import { closeIncident, incidents, openIncident } from '@noroshi/features/incident';
import { answer, answerRedacts, answerSurvey, ask, askedSurvey, checkForm, checkValues, close, end, mostQuestions, placeOf, placeStream, quick, quickAt, safetyForm, sheet, shownOf, surveys, type Answer, type Form, type Question, type Sheet, type Values } from '@noroshi/features/survey';
import { openRoom, room, talk } from '@noroshi/features/talk';
import { files } from '@noroshi/foundations/files';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { words } from '@noroshi/foundations/i18n';
import type { Actor, Id } from '@noroshi/foundations/kernel';
import { assemble, memberId, type Member } from '@noroshi/foundations/sync';
import { codeOf, freshId, Paper, personOf, systemActor } from '@noroshi/foundations/testing';
import { describe, expect, it } from 'vitest';
import { safetyFormOf } from './form.ts';
import { look } from './look.ts';
import { photosOf } from './sheet.ts';
import { pagesOf } from './pages.ts';
import { orgSums, respondents, tallyOf } from './tally.ts';
import { surveyCsv, surveyRows, surveySheets } from './workbook.ts';

const house = assemble([files, directory, talk, incidents, surveys]);
const minute = 60_000;
const ja = words('ja', japanese);

function opened() {
  const paper = new Paper(house);
  const [ehime, seiyo, saijo, outside] = [freshId(), freshId(), freshId(), freshId()] as [Id, Id, Id, Id];
  const org = (id: Id, code: string, name: string, kind: 'prefecture' | 'city' | 'outside') => paper.do(systemActor, addOrganization, { id, code, name, kana: '', romaji: '', short: name.slice(0, 2), kind });
  org(ehime, '380008', '愛媛県', 'prefecture');
  org(seiyo, '382141', '西予市', 'city');
  org(saijo, '382060', '西条市', 'city');
  org(outside, '340006', '広島県', 'outside');
  const person = (role: Exclude<Actor['role'], 'system'>, of: Id, duty?: 'disaster' | 'other'): Actor => {
    const who = personOf(role, of);
    paper.do(systemActor, addPerson, { id: who.person, org: of, role, name: '誰か', kana: '', phones: [], ...(duty ? { post: { id: freshId(), title: '係長', duty, rank: 50 } } : {}) });
    return who;
  };
  const [hanako, taro, clerk, manager, mika] = [person('member', ehime, 'other'), person('member', seiyo, 'disaster'), person('member', seiyo, 'other'), person('manager', seiyo), person('guest', outside)];
  const seat = (of: Id, who: Actor, more: Partial<Member> = {}): Member => {
    const one: Member = { no: 1, person: who.person, card: { name: '誰か', org: who.org, orgName: '', mark: '', post: '', rank: 1 }, stays: [{ visibleFrom: 1, countedFrom: 1 }], ...more };
    paper.put('member', memberId(placeStream(of), who.person), one, placeStream(of));
    return one;
  };
  const asks = (who: Actor, more: object = {}): string => codeOf(paper.do(who, ask, { kind: 'safety', orgs: [seiyo], title: '', ...more }));
  const asked = (more: object = {}): Sheet => {
    const told = paper.do(hanako, ask, { kind: 'safety', orgs: [seiyo], title: '', ...more });
    if (!told.ok) throw new Error(told.code);
    for (const who of [taro, clerk, hanako]) seat(seiyo, who);
    return paper.get<Sheet>(sheet.noun, (told.events.find(({ kind }) => kind === 'survey.asked')!.body as { id: Id }).id)!;
  };
  const says = (who: Actor, of: Sheet, values: Values, person?: Id): string => codeOf(paper.do(who, answerSurvey, { place: placeOf(of.org), sheet: of.id, values, ...(person ? { person } : {}) }));
  const now = (of: Sheet): Sheet => paper.get<Sheet>(sheet.noun, of.id)!;
  const said = (of: Sheet, who: Actor): Answer | undefined => paper.get<Answer>(answer.noun, `${of.id}/${who.person}`);
  return { paper, ehime, seiyo, saijo, outside, hanako, taro, clerk, manager, mika, seat, asks, asked, says, now, said };
}

describe('who asks whom', () => {
  it('V1 the prefecture asks everyone, a town its own: whoever tends it or deals with a disaster there', () => {
    const { hanako, taro, clerk, manager, mika, asks, saijo, seiyo, outside } = opened();
    expect([asks(hanako), asks(taro), asks(manager), asks(clerk), asks(mika)]).toEqual(['ok', 'ok', 'ok', 'survey.notAllowed', 'survey.notForGuests']);
    expect([asks(hanako, { orgs: [seiyo, saijo] }), asks(taro, { orgs: [seiyo, saijo] }), asks(hanako, { orgs: [outside] })]).toEqual(['ok', 'survey.ownPeopleOnly', 'directory.organizationNotFound']);
  });

  it('V2 each organization has a place of its own', () => {
    const { paper, asked, seiyo } = opened();
    const one = asked();
    expect(paper.events.find(({ kind }) => kind === 'survey.asked')!.stream).toBe(placeStream(seiyo));
    expect(paper.get(room.noun, placeOf(seiyo))).toMatchObject({ kind: 'board', name: '西予市', orgs: [seiyo], fixed: 1 });
    expect(one).toMatchObject({ org: seiyo, form: safetyForm, answered: {} });
    // The place stands already for the next question.
    asked();
    expect(paper.events.filter(({ kind }) => kind === 'talk.roomOpened').length).toBe(1);
  });

  it('V39 headquarters alone comes in where people answer, and by a post; for everyone else there is nothing to look at', () => {
    const { paper, asked, taro, manager, mika, hanako, seiyo, saijo, ehime } = opened();
    asked();
    const looks = (who: Actor, orgs: Id[] = [seiyo]): string => codeOf(paper.do(who, look, { orgs }));
    const clerk = personOf('member', ehime);
    paper.do(systemActor, addPerson, { id: clerk.person, org: ehime, role: 'member', name: '誰か', kana: '', phones: [] });
    const guest = { ...hanako, role: 'guest' as const };
    expect([looks(hanako), looks(taro), looks(manager), looks(mika), looks(guest), looks(clerk), looks(hanako, [seiyo, saijo])]).toEqual(['ok', 'survey.notFound', 'survey.notFound', 'survey.notFound', 'survey.notFound', 'survey.looksByPost', 'survey.notFound']);
  });

  it('V8 what is asked in a drill is of the drill, and nothing is asked of what is over', () => {
    const { paper, hanako, asks, seiyo, ehime, saijo } = opened();
    paper.do(systemActor, openRoom, { id: freshId(), kind: 'all', name: '全体', short: '全', orgs: [ehime, seiyo, saijo], people: [] });
    const drill = freshId();
    expect(codeOf(paper.do(hanako, openIncident, { id: drill, name: '訓練', kind: 'flood', drill: true, affected: [seiyo] }))).toBe('ok');
    expect(asks(hanako, { incident: drill })).toBe('ok');
    expect(paper.events.findLast(({ kind }) => kind === 'survey.asked')).toMatchObject({ incident: drill, drill: true });
    expect(codeOf(paper.do(hanako, closeIncident, { incident: drill, seen: 1 }))).toBe('ok');
    expect([asks(hanako, { incident: drill }), asks(hanako, { incident: freshId() })]).toEqual(['survey.incidentOver', 'survey.incidentOver']);
  });
});

describe('an answer', () => {
  it('V4 is given by one press, changed by the next, and what was said before stays', () => {
    const { asked, says, taro, clerk, now, said } = opened();
    const one = asked();
    expect(says(taro, one, quick.can)).toBe('ok');
    expect(says(taro, one, { state: 'light', come: 'h3', family: 'unknown', word: '橋が落ちています' })).toBe('ok');
    expect(now(one).answered).toHaveProperty(taro.person);
    expect(said(one, taro)!.said.map(({ values }) => values)).toEqual([quick.can, { state: 'light', come: 'h3', family: 'unknown', word: '橋が落ちています' }]);
    expect(said(one, clerk)).toBeUndefined();
  });

  it('V6 a colleague enters what was heard by telephone, with their own name beside it; of headquarters nobody is asked in a town', () => {
    const { asked, says, taro, clerk, hanako, said } = opened();
    const one = asked();
    expect(says(taro, one, quick.cannot, clerk.person)).toBe('ok');
    expect(said(one, clerk)!.said[0]).toMatchObject({ by: taro.person, values: quick.cannot });
    expect(says(hanako, one, quick.can, taro.person)).toBe('ok');
    expect(says(hanako, one, quick.can)).toBe('survey.notAsked');
  });

  it('V9 what does not fit is said by its place, and after the deadline how late it was', () => {
    const { paper, asked, says, taro } = opened();
    const one = asked({ due: paper.now + 30 * minute });
    expect([says(taro, one, { state: 'fine' }), says(taro, one, { state: 'no', come: 'yes' }), says(taro, one, quick.can)]).toEqual(['survey.answerMissing', 'survey.answerUnfit', 'ok']);
    paper.now += 33 * minute;
    expect(paper.do(taro, answerSurvey, { place: placeOf(one.org), sheet: one.id, values: quick.cannot })).toMatchObject({ code: 'survey.tooLate', params: { n: 3 } });
    expect(codeOf(paper.do(systemActor, end, { place: placeOf(one.org), sheet: one.id }))).toBe('ok');
    expect(says(taro, one, quick.cannot)).toBe('survey.tooLate');
  });

  it('V37 a time is named where that is said and nowhere else; what was asked before there was one is answered as it was asked', () => {
    const { asked, says, taro, said, now } = opened();
    const one = asked();
    expect([says(taro, one, { state: 'fine', come: 'at' }), says(taro, one, quickAt('19時')), says(taro, one, quickAt('2026-02-30T10:00'))]).toEqual(['survey.answerMissing', 'survey.answerUnfit', 'survey.answerUnfit']);
    expect(says(taro, one, quickAt('2026-07-07T19:00'))).toBe('ok');
    expect(says(taro, one, { ...quickAt('2026-07-07T19:00'), come: 'h1' })).toBe('ok');
    expect(said(one, taro)!.said.map(({ values }) => values)).toEqual([{ state: 'fine', come: 'at', hour: '2026-07-07T19:00' }, { state: 'fine', come: 'h1' }]);
    const first = safetyFormOf();
    expect(first.map(({ id }) => id)).toEqual(['state', 'family', 'come', 'where', 'word']);
    expect([checkValues(first, quickAt('2026-07-07T19:00')), now(one).form, safetyFormOf(99)]).toEqual([expect.objectContaining({ code: 'survey.answerUnfit' }), safetyForm, safetyForm]);
  });

  it('V38 the mark of what was taken out stands with what was said last, and not with what was said after it', () => {
    const { asked, says, taro, clerk, said, now } = opened();
    const one = asked();
    says(taro, one, quick.can);
    const members = [taro, clerk].map((who, n): Member => ({ no: n + 1, person: who.person, card: { name: '誰か', org: who.org, orgName: '', mark: '', post: '', rank: n }, stays: [{ visibleFrom: 1, countedFrom: 1 }] }));
    const told = (its: Answer) => respondents(now(one), 2, members, (person) => (person === taro.person ? its : undefined)).map(({ record }) => record);
    const its = said(one, taro)!;
    const first = its.said[0]!.id;
    const record = { noun: answer.noun, id: `${one.id}/${taro.person}` };
    // Who is silent has said nothing of which anything could be taken out.
    expect(told(its)).toEqual([{ ...record, said: first, marked: false }, undefined]);
    const out: Answer = { ...its, redacted: [{ parts: ['answers'], reason: '個人の病気', by: [taro.person, clerk.person], at: 1, said: first }] };
    expect(told(out)[0]).toEqual({ ...record, said: first, marked: true });
    says(taro, one, quick.cannot);
    const later = said(one, taro)!;
    expect(told({ ...later, redacted: out.redacted! })[0]).toEqual({ ...record, said: later.said[1]!.id, marked: false });
  });

  it('V10 whoever asked, headquarters, and whoever tends the organization end it; then nobody owes an answer', () => {
    const { paper, asked, says, taro, clerk, hanako, now } = opened();
    const one = asked();
    const closes = (who: Actor): string => codeOf(paper.do(who, close, { place: placeOf(one.org), sheet: one.id }));
    expect([closes(clerk), closes(hanako), closes(hanako)]).toEqual(['survey.notAllowed', 'ok', 'survey.over']);
    expect([says(taro, one, quick.can), askedSurvey.stands(now(one), { person: taro.person, org: taro.org })]).toEqual(['survey.over', 'free']);
  });

  it('V5 the silent of the organization owe, who looks on does not; and who has answered is told no more', () => {
    const { asked, says, taro, clerk, hanako, now } = opened();
    const one = asked();
    says(taro, one, quick.can);
    const stands = (who: Actor) => askedSurvey.stands(now(one), { person: who.person, org: who.org });
    expect([stands(taro), stands(clerk), stands(hanako)]).toEqual(['free', 'owes', 'free']);
    expect([taro, clerk, hanako].map((who) => askedSurvey.isTold!(now(one), who.person, who.org))).toEqual([true, false, true]);
  });

  it('V7 two answers go with the notification, in both languages, and each is one that is taken', () => {
    const { asked, paper, taro } = opened();
    const one = asked();
    for (const [language, dictionary] of [['ja', japanese], ['en', english]] as const) {
      const acts = askedSurvey.tells(one, placeOf(one.org)).acts!(words(language, dictionary));
      expect(acts.map(({ label }) => label)).toEqual(language === 'ja' ? ['無事・参集できる', '無事・参集できない'] : ['Safe, can come', 'Safe, cannot come']);
      for (const { deed, input } of acts) expect([deed, codeOf(paper.do(taro, answerSurvey, input as never))]).toEqual(['survey.answer', 'ok']);
    }
    expect(askedSurvey.tells({ ...one, kind: 'form', title: '出欠' }, placeOf(one.org)).acts).toBeUndefined();
  });
});

describe('sums', () => {
  it('V11 add up: who is silent is neither 0 nor safe, who left a question out stands apart, who has gone and had answered stays', () => {
    const { asked, says, taro, clerk, seat, seiyo, said, now } = opened();
    const one = asked();
    const [gone, late] = [personOf('member', seiyo), personOf('member', seiyo)];
    says(taro, one, { state: 'light', come: 'h1' });
    const members = [seat(seiyo, taro), seat(seiyo, clerk, { no: 2 }), seat(seiyo, gone, { no: 3, stays: [{ visibleFrom: 1, countedFrom: 1, until: 3 }] }), seat(seiyo, late, { no: 4, stays: [{ visibleFrom: 1, countedFrom: 99 }] })];
    const all = respondents(now(one), 5, members, (person) => (person === taro.person ? said(one, taro) : undefined));
    expect(all.map(({ who }) => who.no)).toEqual([1, 2]);
    expect(orgSums(seiyo, all)).toEqual({ org: seiyo, asked: 2, fine: 0, hurt: 1, can: 1, cannot: 0, gone: 0, silent: 1 });
    const tally = tallyOf(safetyForm.find(({ id }) => id === 'family')!, all);
    expect([tally.options.map(({ people }) => people.length), tally.passed.length, tally.silent.length]).toEqual([[0, 0, 0], 1, 1]);
  });

  it('V11 whose answer was taken out is neither safe nor unable to come: they stand apart, in sums, in each answer and in the tables', () => {
    const { asked, says, taro, clerk, seat, seiyo, said, now } = opened();
    const one = asked();
    says(taro, one, { state: 'severe', come: 'h1' });
    says(clerk, one, quick.cannot);
    const before = said(one, taro)!;
    const bit = before.said[0]!.id;
    const emptied: Answer = { ...answerRedacts.without(before, new Set(['answers']), bit), redacted: [{ parts: ['answers'], reason: 'x', by: [taro.person, clerk.person], at: 0, said: bit }] };
    const people = respondents(now(one), 5, [seat(seiyo, taro), seat(seiyo, clerk, { no: 2 })], (person) => (person === taro.person ? emptied : said(one, clerk)));
    expect(orgSums(seiyo, people)).toEqual({ org: seiyo, asked: 2, fine: 1, hurt: 0, can: 0, cannot: 1, gone: 1, silent: 0 });
    const tally = tallyOf(safetyForm.find(({ id }) => id === 'come')!, people);
    expect([tally.options.find(({ id }) => id === 'no')!.people.length, tally.passed.length, tally.gone.length, tally.silent.length]).toEqual([1, 0, 1, 0]);
    const out = { first: now(one), incident: '', people, org: () => '西予市' };
    expect(surveyRows(out, ja)[1]!.slice(6)).toEqual([...safetyForm, 'arrival'].map(() => '回答は消去済み'));
    const [sums, results] = surveySheets(out, ja, 0);
    expect([sums!.rows[1]!.at(-1), sums!.rows[2]!.at(-1)]).toEqual(['回答は消去済み', 1]);
    expect(results!.rows).toContainEqual(['参集', '回答は消去済み', 1]);
    // What was said anew stands again.
    says(taro, one, quick.can);
    const anew = respondents(now(one), 5, [seat(seiyo, taro)], () => ({ ...said(one, taro)!, redacted: emptied.redacted! }));
    expect(orgSums(seiyo, anew)).toMatchObject({ fine: 1, can: 1, gone: 0 });
  });

  it('V12 as a table silence is a word, and what would begin a formula is harmless', () => {
    const { asked, says, taro, clerk, seat, seiyo, said, now } = opened();
    const one = asked();
    says(taro, one, { ...quick.can, word: '=HYPERLINK("https://x")' });
    const people = respondents(now(one), 5, [seat(seiyo, taro), seat(seiyo, clerk, { no: 2 })], (person) => (person === taro.person ? said(one, taro) : undefined));
    const out = { first: { ...now(one), drill: true }, incident: '', people, org: () => '西予市' };
    expect(surveyRows(out, ja)[2]).toEqual(['', '西予市', '誰か', '', '未回答', '', ...safetyForm.map(() => '未回答'), '未回答']);
    expect(surveyCsv(out, ja)).toContain(`"'=HYPERLINK(""https://x"")"`);
    const [sums] = surveySheets(out, ja, 0);
    expect(sums!.rows[0]![0]).toContain('【訓練】');
    expect(sums!.rows.at(-1)!.map((cell) => (typeof cell === 'object' && cell ? cell.value : cell))).toEqual(['計', 2, 1, 1, 0, 1, 0]);
  });

  it('V28 where it was asked once, the first answer stays; else each may change theirs until the deadline', () => {
    const { asked, says, taro, clerk, said } = opened();
    const one = asked({ kind: 'form', title: '一度', once: 1, questions: [{ id: 'a', kind: 'text', title: '何' }] });
    expect([says(taro, one, { a: '水' }), says(taro, one, { a: '毛布' }), says(clerk, one, { a: '毛布' })]).toEqual(['ok', 'survey.answeredOnce', 'ok']);
    expect(said(one, taro)!.said.map(({ values }) => values)).toEqual([{ a: '水' }]);
  });

  it('V33 photographs come along with an answer, and stay known when it is changed; what no question asks does not come in', () => {
    const { paper, asked, taro, said } = opened();
    const one = asked({ kind: 'form', title: '避難所', questions: [{ id: 'open', kind: 'one', title: '開いているか', options: [{ id: 'y', name: 'はい' }, { id: 'n', name: 'いいえ' }] }, { id: 'p', kind: 'photo', title: '写真', showWhen: { q: 'open', is: ['y'] } }] });
    const photo = (kind: 'photo' | 'file' = 'photo') => ({ file: freshId(), kind, name: '入口.jpg', size: 1_000, type: 'image/jpeg' });
    const answers = (values: Values, files: object[]) => codeOf(paper.do(taro, answerSurvey, { place: placeOf(one.org), sheet: one.id, values, files: files as never }));
    const [first, second, paperFile] = [photo(), photo(), photo('file')];
    expect([answers({ open: 'y', p: [first.file] }, []), answers({ open: 'y' }, [first]), answers({ open: 'y', p: [paperFile.file] }, [paperFile])]).toEqual(['survey.photosUnfit', 'survey.photosUnfit', 'survey.photosUnfit']);
    expect([answers({ open: 'y', p: [first.file] }, [first]), answers({ open: 'y', p: [first.file, second.file] }, [second])]).toEqual(['ok', 'ok']);
    expect(photosOf(said(one, taro)).map(({ file }) => file)).toEqual([first.file, second.file]);
    expect(paper.events.filter(({ kind }) => kind === 'file.awaited').length).toBe(2);
    // What hung on an answer that is changed goes, and its new photographs are not waited for.
    const third = photo();
    expect(answers({ open: 'n', p: [third.file] }, [third])).toBe('ok');
    expect([said(one, taro)!.said.at(-1)!.values, photosOf(said(one, taro)).length]).toEqual([{ open: 'n' }, 2]);
    const { id } = said(one, taro)!.said[0]!;
    expect(answerRedacts.says(said(one, taro)!, 'files', id)).toEqual(['入口.jpg']);
    expect(answerRedacts.without(said(one, taro)!, new Set(['files']), id).said[0]).not.toHaveProperty('files');
  });

  it('V13 what was said once can be taken out by itself', () => {
    const { asked, says, taro, said } = opened();
    const one = asked();
    says(taro, one, quick.can);
    says(taro, one, { ...quick.can, word: '母を捜しています' });
    const now = said(one, taro)!;
    const [first, last] = now.said.map(({ id }) => id);
    expect(answerRedacts.says(now, 'answers', last)).toContain('母を捜しています');
    expect(answerRedacts.without(now, new Set(['answers']), last).said.map(({ id, values }) => [id, values])).toEqual([[first, quick.can], [last, {}]]);
  });
});

describe('a form', () => {
  const q = (id: string, more: Partial<Question> = {}): Question => ({ id, kind: 'text', title: `問い ${id}`, ...more });
  const choice = (id: string, more: Partial<Question> = {}): Question => q(id, { kind: 'one', options: [{ id: 'yes', name: 'はい' }, { id: 'no', name: 'いいえ' }], ...more });
  const codeOfForm = (form: Form): string => { const verdict = checkForm(form); return verdict.ok ? 'ok' : verdict.code; };

  it('V20 one at the bound can be asked and answered; 500 questions are refused with the bound', () => {
    const most = Array.from({ length: mostQuestions }, (_, n) => q(`q${n}`));
    expect(codeOfForm(most)).toBe('ok');
    const { asked, says, taro, said, asks, hanako } = opened();
    const one = asked({ kind: 'form', title: '長い', questions: most });
    const values = Object.fromEntries(most.map(({ id }) => [id, 'あ'.repeat(40)]));
    expect(says(taro, one, values)).toBe('ok');
    expect(said(one, taro)!.said[0]!.values).toEqual(values);
    expect(checkForm(Array.from({ length: 500 }, (_, n) => q(`q${n}`)))).toMatchObject({ code: 'survey.tooManyQuestions', params: { n: 500, most: mostQuestions } });
    expect(asks(hanako, { kind: 'form', title: '長すぎる', questions: Array.from({ length: 500 }, (_, n) => q(`q${n}`)) })).toBe('survey.tooManyQuestions');
  });

  it('V21 what is wrong with it is said by the place of the question', () => {
    expect([
      codeOfForm([]), codeOfForm([q('a', { title: '' })]), codeOfForm([q('a'), q('a')]), codeOfForm([q('a', { kind: 'one' })]), codeOfForm([q('a', { kind: 'table' })]),
      codeOfForm([choice('a', { options: [{ id: 'yes', name: 'はい' }, { id: 'no', name: 'はい' }] })]), codeOfForm([q('a', { kind: 'scale', max: 11 })]), codeOfForm([q('a', { kind: 'number', min: 3, max: 1 })]),
    ]).toEqual(['survey.noQuestions', 'survey.questionUntitled', 'survey.questionTwice', 'survey.optionsMissing', 'survey.rowsMissing', 'survey.sameOptions', 'survey.scaleSteps', 'survey.boundsTurned']);
  });

  it('V22 branches forward only: a question cannot hang on itself, on a later one, or on words', () => {
    const on = (of: string, is = 'yes') => ({ showWhen: { q: of, is: [is] } });
    expect([
      codeOfForm([choice('a'), q('b', on('a'))]), codeOfForm([q('b', on('a')), choice('a')]), codeOfForm([choice('a', on('a'))]), codeOfForm([q('a'), q('b', on('a'))]), codeOfForm([choice('a'), q('b', on('a', 'maybe'))]),
    ]).toEqual(['ok', 'survey.branchesBack', 'survey.branchesBack', 'survey.branchesBack', 'survey.branchesBack']);
  });

  it('V23 asks only what follows from the answers, and keeps only what was asked', () => {
    const form = [choice('a'), choice('b', { showWhen: { q: 'a', is: ['yes'] }, required: 1 }), q('c', { showWhen: { q: 'b', is: ['yes'] }, required: 1 })];
    const shown = (values: Values): string[] => shownOf(form, values).map(({ id }) => id);
    expect([shown({}), shown({ a: 'yes' }), shown({ a: 'yes', b: 'yes' }), shown({ a: 'no', b: 'yes' })]).toEqual([['a'], ['a', 'b'], ['a', 'b', 'c'], ['a']]);
    expect([checkValues(form, { a: 'yes' }), checkValues(form, { a: 'no' }).ok]).toMatchObject([{ code: 'survey.answerMissing', params: { no: 2 } }, true]);
    const { asked, says, taro, said } = opened();
    const one = asked({ kind: 'form', title: '枝', questions: form });
    expect(says(taro, one, { a: 'no', b: 'yes', c: '消える' })).toBe('ok');
    expect(said(one, taro)!.said[0]!.values).toEqual({ a: 'no' });
    expect(pagesOf([q('x', { page: 1 }), q('y'), q('z', { page: 1 })]).map((page) => page.map(({ id }) => id))).toEqual([['x', 'y'], ['z']]);
  });

  it('V24 each kind takes what fits it and nothing else', () => {
    const takes = (question: Partial<Question>, ...values: Values[string][]): boolean[] => values.map((value) => checkValues([q('a', question)], { a: value }).ok);
    const options = [{ id: 'x', name: 'X' }, { id: 'y', name: 'Y' }];
    expect(takes({ kind: 'many', options }, ['x', 'y'], ['x', 'x'], ['z'], 'x')).toEqual([true, false, false, false]);
    expect(takes({ kind: 'number', min: 0, max: 10 }, 0, 10, 10.5, -1, '3')).toEqual([true, true, false, false, false]);
    expect(takes({ kind: 'date' }, '2026-11-29', '2026-13-40', '29/11/2026', 3)).toEqual([true, false, false, false]);
    expect(takes({ kind: 'scale', max: 5 }, 1, 5, 6, 2.5)).toEqual([true, true, false, false]);
    expect(takes({ kind: 'table', options }, [1, null], [1], [1, 'x'])).toEqual([true, false, false]);
    expect(takes({ kind: 'photo' }, [freshId()], ['x'])).toEqual([true, false]);
    expect(takes({ kind: 'text' }, '野村小学校', 3)).toEqual([true, false]);
  });
});
