import { codeOf } from '@noroshi/foundations/testing';
import { pledges, refuses, requestOnPaper } from '@noroshi/e2e/request-on-paper';
import type { Id } from '@noroshi/foundations/kernel';
import { words } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { describe, expect, it } from 'vitest';
import { escalate, revise } from './request.ts';
import { upwardSubject, upwardWords, type Upward } from './upward-words.ts';

const named = (on: ReturnType<typeof requestOnPaper>) => {
  const names: Record<Id, string> = { [on.orgs.ehime]: '愛媛県', [on.orgs.seiyo]: '西予市', [on.orgs.saijo]: '西条市', [on.orgs.iyo]: '伊予市', [on.orgs.tobe]: '砥部町' };
  return (asked: Id, to: Upward['to'], over: Partial<Upward> = {}): Upward => ({
    request: on.now(asked), to, incident: '平成30年7月豪雨', nameOf: (org) => names[org] ?? '', by: { org: on.orgs.ehime, post: '防災局 課長', name: '渡部 花子' }, now: on.paper.now, ...over,
  });
};

describe('R45 the words of a 上申', () => {
  it('say what is short, who was asked and what each said, and what nobody has said as not said', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    pledges(on, on.cast.aoi, asked, { 1: 7 });
    refuses(on, on.cast.ken, asked);
    const text = upwardWords(named(on)(asked, 'nation'), words('ja', japanese));
    const lines = text.split('\n');
    expect(lines.slice(0, 2)).toEqual(['総務省（応急対策職員派遣制度 担当）　御中', '愛媛県　防災局 課長 渡部 花子']);
    expect(lines).toEqual(expect.arrayContaining([
      '件名：平成30年7月豪雨 西予市への応援職員の派遣について（不足 9人）',
      '必要 16人　決定 7人　到着 0人　不足 9人',
      '・避難所運営：不足 5人（必要 12人、決定 7人）',
      '・住家被害認定調査：不足 4人（必要 4人、決定 0人）',
      '・西条市：7人を決定',
      '・伊予市：不可（人が出せない）',
      '・砥部町：回答なし',
      '希望到着：できるだけ早く',
    ]));
    expect(lines.filter((line) => line.endsWith('：未定')).length).toBeGreaterThan(2);
    expect(text).not.toContain('undefined');
    expect(text).not.toContain('【訓練】');
  });

  it('name only what is short, follow a revision, and speak to the governor after article 68', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    pledges(on, on.cast.aoi, asked, { 2: 4 });
    const { details } = on.now(asked);
    expect(codeOf(on.paper.do(on.cast.taro, revise, { ...on.where(asked), sees: 1, details: { ...details, reason: '避難所が 8か所になった' } }))).toBe('ok');
    const text = upwardWords(named(on)(asked, 'prefecture', { by: { org: on.orgs.seiyo, post: '', name: '兵頭 太郎' } }), words('ja', japanese));
    expect(text.split('\n').slice(0, 2)).toEqual(['愛媛県知事　様', '西予市　兵頭 太郎']);
    expect(text).toContain('災害対策基本法第68条');
    expect(text).toContain('第2報');
    expect(text).toContain('避難所が 8か所になった');
    expect(text).not.toContain('住家被害認定調査：');
  });

  it('say in a drill that it is one, before all else and in the line of the mail', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    const of = named(on)(asked, 'nation');
    const drill = { ...of, request: { ...of.request, drill: true } };
    expect(upwardWords(drill, words('ja', japanese)).split('\n')[0]).toMatch(/^【訓練】/);
    expect(upwardSubject(drill, words('ja', japanese))).toBe('【訓練】平成30年7月豪雨 西予市への応援職員の派遣について（不足 16人）');
    expect(upwardWords(drill, words('en', english)).split('\n')[0]).toMatch(/DRILL/);
  });

  it('stay with the request as they were sent', () => {
    const on = requestOnPaper();
    const asked = on.asks();
    const text = `${upwardWords(named(on)(asked, 'nation'), words('ja', japanese))}\n宿舎は県で用意します。`;
    expect(codeOf(on.paper.do(on.cast.hanako, escalate, { ...on.where(asked), to: 'nation', words: text }))).toBe('ok');
    expect(on.now(asked).escalations).toEqual([{ to: 'nation', by: on.cast.hanako.person, org: on.orgs.ehime, at: on.paper.now, words: text }]);
    expect(escalate.input.safeParse({ ...on.where(asked), to: 'nation', words: 'あ'.repeat(4001) }).success).toBe(false);
  });
});
