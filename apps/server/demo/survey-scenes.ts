import { answerSurvey, ask, placeOf } from '@noroshi/features/survey';
import { derivedId, type Moment } from '@noroshi/foundations/kernel';
import type { Names, Scene } from './scene.ts';

const aDay = 24 * 60;

/** What the towns were asked some days ago by a form, whose time is over. */
export function surveyScenes({ org, thing }: Names, now: Moment): Scene[] {
  const towns = ['西予市', '大洲市', '宇和島市'].map(org);
  const says = (as: string, town: string, n: number, values: object): Scene => ({
    ago: 9 * aDay - n, as, label: `survey/${as}`, deed: answerSurvey, input: { place: placeOf(org(town)), sheet: derivedId(thing('survey'), `sheet/${org(town)}`), values },
  });
  return [
    {
      ago: 10 * aDay, as: 'ehime/hanako', label: 'survey', deed: ask,
      input: {
        kind: 'form', orgs: towns, title: '夏の大雨への備え', note: '6月の訓練のふりかえりです。分かる範囲でお願いします。', due: now - 8 * aDay * 60_000,
        questions: [
          { id: 'night', kind: 'one', title: '夜間の連絡体制は', required: 1, options: [{ id: 'yes', name: '決まっている' }, { id: 'soon', name: '今月中に決まる' }, { id: 'no', name: 'これから' }] },
          { id: 'blankets', kind: 'number', title: '備蓄の毛布（枚）', min: 0 },
          { id: 'word', kind: 'text', title: '県に頼みたいこと' },
        ],
      },
    },
    says('seiyo/disaster', '西予市', 30, { night: 'yes', blankets: 1_200 }),
    says('seiyo/deputyHead', '西予市', 60, { night: 'yes', word: '宿泊先の一覧を早めにください' }),
    says('ozu/disaster', '大洲市', 90, { night: 'soon', blankets: 900 }),
  ];
}
