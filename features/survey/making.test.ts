import { addOrganization, addPerson, directory } from '@noroshi/features/directory';
import { incidents } from '@noroshi/features/incident';
import { ask, checkForm, dropTemplate, keepTemplate, mostTemplates, surveys, template, type Form, type Sheet, type Template } from '@noroshi/features/survey';
import { talk } from '@noroshi/features/talk';
import { files } from '@noroshi/foundations/files';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { words } from '@noroshi/foundations/i18n';
import type { Actor, Id } from '@noroshi/foundations/kernel';
import { assemble, memberId, roomStream, type Member } from '@noroshi/foundations/sync';
import { codeOf, freshId, Paper, personOf, systemActor } from '@noroshi/foundations/testing';
import { describe, expect, it } from 'vitest';
import { templateIn, templateNames } from './templates.ts';
import { asKind, begunIn, changed, chaseFromOf, copied, emptyWritten, formOf, hangsOn, moved, withOption, withQuestion, without } from './written.ts';

const house = assemble([files, directory, talk, incidents, surveys]);
const ids = (form: Form): string[] => form.map(({ id }) => id);

describe('a form while it is made', () => {
  const three = (): Form => (['one', 'text', 'scale'] as const).reduce<Form>(withQuestion, []);
  /** Where the second question hangs on the first one's first choice. */
  const hanging = (): Form => changed(three(), 'q2', { showWhen: { q: 'q1', is: ['a1'] } });

  it('V27 begun in a talk, the first line of what was written there is its title, and the rest stands at its head; a drill’s talk asks in the drill', () => {
    const template = { ...emptyWritten, title: '必要な物資', note: '毎朝聞きます' };
    const [room, drill] = [freshId(), freshId()];
    const begun = (words: string, of?: Id) => { const { title, note, along, incident } = begunIn(template, { room, words }, of); return [title, note, along?.words, incident]; };
    expect(begun('毛布は足りていますか\n明日の便に載せます')).toEqual(['毛布は足りていますか', '明日の便に載せます', '毛布は足りていますか\n明日の便に載せます', undefined]);
    expect(begun('毛布は足りていますか', drill)).toEqual(['毛布は足りていますか', '毎朝聞きます', '毛布は足りていますか', drill]);
    expect(begun('')).toEqual(['必要な物資', '毎朝聞きます', '', undefined]);
  });

  it('V25 a question is added, copied, moved and taken away; its key is its own for ever', () => {
    expect(three().map(({ id, kind, options, max }) => [id, kind, options?.length, max])).toEqual([['q1', 'one', 2, undefined], ['q2', 'text', undefined, undefined], ['q3', 'scale', undefined, 5]]);
    expect([ids(moved(three(), 'q3', -1)), ids(moved(three(), 'q1', -1)), ids(moved(three(), 'q3', 1))]).toEqual([['q1', 'q3', 'q2'], ['q1', 'q2', 'q3'], ['q1', 'q2', 'q3']]);
    expect([ids(copied(three(), 'q1')), ids(without(three(), 'q2')), ids(withQuestion(without(three(), 'q2'), 'date'))]).toEqual([['q1', 'q4', 'q2', 'q3'], ['q1', 'q3'], ['q1', 'q3', 'q4']]);
    expect(withOption(three()[0]!).options!.map(({ id }) => id)).toEqual(['a1', 'a2', 'a3']);
  });

  it('V25 what hangs on a question that goes, or no longer chooses, is asked always; what was only moved keeps its condition and is told', () => {
    expect(hangsOn(hanging(), 'q2').map(({ id }) => id)).toEqual(['q1']);
    expect([without(hanging(), 'q1'), asKind(hanging(), 'q1', 'text'), changed(hanging(), 'q1', { options: [{ id: 'a2', name: '' }] })].map((form) => form.find(({ id }) => id === 'q2')!.showWhen)).toEqual([undefined, undefined, undefined]);
    const turned = moved(hanging(), 'q2', -1).map((one) => ({ ...one, title: one.id, ...(one.options ? { options: one.options.map(({ id }) => ({ id, name: id })) } : {}) }));
    expect([checkForm(turned), checkForm(moved(turned, 'q2', 1))]).toMatchObject([{ code: 'survey.branchesBack', params: { no: 1 } }, { ok: true }]);
  });

  it('V25 another kind keeps the words and the choices, and drops what it cannot carry', () => {
    const named = changed(three(), 'q1', { title: '続ける', options: [{ id: 'a1', name: 'はい' }, { id: 'a2', name: 'いいえ' }] });
    expect([asKind(named, 'q1', 'many')[0], asKind(asKind(named, 'q1', 'number'), 'q1', 'table')[0], asKind(three(), 'q3', 'date')[2]]).toEqual([{ ...named[0], kind: 'many' }, { id: 'q1', kind: 'table', title: '続ける', options: [{ id: 'a1', name: '' }] }, { id: 'q3', kind: 'date', title: '' }]);
  });

  it('V25 choices that were left empty are not asked, nor spaces around words; the silent are chased before the deadline', () => {
    const form = changed(three(), 'q1', { title: ' 夜は ', note: ' ', options: [{ id: 'a1', name: ' はい ' }, { id: 'a2', name: '' }, { id: 'a3', name: 'いいえ' }] });
    expect(formOf({ form })[0]).toEqual({ id: 'q1', kind: 'one', title: '夜は', options: [{ id: 'a1', name: 'はい' }, { id: 'a3', name: 'いいえ' }] });
    expect([chaseFromOf({ ...emptyWritten, due: 7_200_000, chase: 1 }), chaseFromOf({ ...emptyWritten, due: 7_200_000 }), chaseFromOf({ ...emptyWritten, chase: 1 })]).toEqual([3_600_000, undefined, undefined]);
  });

  it('V26 the house comes with forms that can be asked as they are, in both languages', () => {
    for (const each of [words('ja', japanese), words('en', english)]) {
      const all = templateNames.map((name) => templateIn(name, each));
      expect(all.map(({ form }) => checkForm(formOf({ form })))).toEqual(templateNames.map(() => ({ ok: true })));
      // No sentence is missing: its key would stand there.
      expect(JSON.stringify(all)).not.toContain('survey.template');
      expect(all.map(({ anonymous }) => anonymous)).toEqual([false, false, true, false]);
    }
  });
});

describe('on paper', () => {
  const form: Form = [{ id: 'a', kind: 'text', title: '何が要りますか' }];
  function opened() {
    const paper = new Paper(house);
    const [ehime, seiyo, saijo] = [freshId(), freshId(), freshId()];
    for (const [id, code, name, kind] of [[ehime, '380008', '愛媛県', 'prefecture'], [seiyo, '382141', '西予市', 'city'], [saijo, '382060', '西条市', 'city']] as const) paper.do(systemActor, addOrganization, { id, code, name, kana: '', romaji: '', short: name.slice(0, 2), kind });
    const person = (role: Exclude<Actor['role'], 'system'>, of: Id, duty?: 'disaster'): Actor => {
      const who = personOf(role, of);
      paper.do(systemActor, addPerson, { id: who.person, org: of, role, name: '誰か', kana: '', phones: [], ...(duty ? { post: { id: freshId(), title: '係長', duty, rank: 50 } } : {}) });
      return who;
    };
    const cast = { hanako: person('member', ehime), taro: person('member', seiyo, 'disaster'), clerk: person('member', seiyo), manager: person('manager', seiyo), mika: person('guest', seiyo), aoi: person('manager', saijo) };
    const keeps = (who: Actor, more: object = {}): string => codeOf(paper.do(who, keepTemplate, { title: '備蓄', questions: [...form], ...more }));
    const kept = (): Template[] => paper.events.filter(({ kind }) => kind === 'survey.templateKept').map(({ body }) => paper.get<Template>(template.noun, (body as { id: Id }).id)!);
    return { paper, ehime, seiyo, saijo, ...cast, keeps, kept };
  }

  it('V26 whoever may ask keeps a form as a template; whoever made it, or tends the organization, takes it away', () => {
    const { paper, keeps, kept, hanako, taro, clerk, manager, mika, aoi } = opened();
    expect([keeps(taro), keeps(hanako), keeps(clerk), keeps(mika), keeps(taro, { title: ' ' }), keeps(taro, { questions: [] })]).toEqual(['ok', 'ok', 'survey.notAllowed', 'survey.notForGuests', 'survey.titleMissing', 'survey.noQuestions']);
    const [mine] = kept();
    const drops = (who: Actor, id = mine!.id): string => codeOf(paper.do(who, dropTemplate, { template: id }));
    expect([drops(clerk), drops(aoi), drops(manager), drops(taro), drops(taro, freshId())]).toEqual(['survey.notYourTemplate', 'survey.notYourTemplate', 'ok', 'survey.templateNotFound', 'survey.templateNotFound']);
    expect(kept()[0]).toMatchObject({ dropped: true, form: [] });
    for (let n = 0; n < mostTemplates; n += 1) expect(keeps(taro)).toBe('ok');
    expect(keeps(taro)).toBe('survey.tooManyTemplates');
  });

  it('V27 those of a talk are asked, and nobody else of their organization; a talk one does not sit in is not there', () => {
    const { paper, hanako, taro, aoi, seiyo, saijo } = opened();
    const talkId = freshId();
    for (const [no, who] of [hanako, taro].entries()) {
      const one: Member = { no, person: who.person, card: { name: '誰か', org: who.org, orgName: '', mark: '', post: '', rank: 1 }, stays: [{ visibleFrom: 1, countedFrom: 1 }] };
      paper.put('member', memberId(roomStream(talkId), who.person), one, roomStream(talkId));
    }
    const asks = (who: Actor, orgs: Id[], inRoom: Id): string => codeOf(paper.do(who, ask, { kind: 'form', orgs, title: '人数', questions: [...form], room: inRoom }));
    expect([asks(hanako, [seiyo, saijo], talkId), asks(hanako, [saijo], talkId), asks(aoi, [saijo], talkId), asks(hanako, [seiyo], freshId())]).toEqual(['ok', 'survey.nobodyInRoom', 'talk.roomNotFound', 'talk.roomNotFound']);
    const asked = paper.events.filter(({ kind }) => kind === 'survey.asked').map(({ body }) => body as Sheet);
    expect(asked.map(({ org, people }) => [org, people])).toEqual([[seiyo, [taro.person]]]);
  });
});
