import { japanese } from '@noroshi/foundations/i18n/ja';
import { words } from '@noroshi/foundations/i18n';
import { derivedId, newId, type Id } from '@noroshi/foundations/kernel';
import { freshId } from '@noroshi/foundations/testing';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { arrivalSays, arrivalsOf, expectedOf, hoursAhead, hourSays } from './arrivals.ts';
import { safetyForm } from './form.ts';
import type { Sheet } from './sheet.ts';
import { comesAt, type Respondent } from './tally.ts';
import { surveyRows, surveySheets } from './workbook.ts';

const ja = words('ja', japanese);
/** A moment of 7 July 2026 at the prefecture's clock. */
const at = (time: string, day = '07'): number => Date.parse(`2026-07-${day}T${time}:00+09:00`);
const [ehime, seiyo] = [freshId(), freshId()];
const sheetOf = (org: Id): Sheet => ({ id: freshId(), survey: freshId(), org, kind: 'safety', title: '', form: safetyForm, by: freshId(), byOrg: ehime, at: at('19:00'), answered: {} });
const sheets = new Map([[ehime, sheetOf(ehime)], [seiyo, sheetOf(seiyo)]]);
let no = 0;
/** Someone who said at a time how they come, or is silent. */
function person(come?: string, when = at('19:10'), org = seiyo, hour?: string): Respondent {
  no += 1;
  const who = freshId();
  const said = come === undefined ? undefined : { id: freshId(), at: when, by: who, values: { state: 'fine', come, ...(hour ? { hour } : {}) } };
  return { who: { no, person: who, card: { name: `人${no}`, org, orgName: '', mark: '', post: '', rank: 1 }, stays: [{ visibleFrom: 1, countedFrom: 1 }] }, sheet: sheets.get(org)!, said, photos: [], heard: said !== undefined };
}
const told = (people: Respondent[], now: number) => arrivalsOf(people).map((one) => [arrivalSays(one, now, ja), one.people.length, one.total]);

describe('V35 who can come, and when', () => {
  it('stands in the order of time, each with all who are there by then; no time is in no total, and whoever cannot come or is silent is in none', () => {
    const people = [person('h3'), person('yes'), person('h1'), person('today'), person('here'), person('no'), person(), person('h1', at('19:25')), person('here')];
    expect(told(people, at('19:30'))).toEqual([['すでに職場にいる', 2, 2], ['20:30まで', 2, 4], ['22:30まで', 1, 5], ['今日中に来られる', 1, 6], ['来られる（時刻はあとで）', 1, undefined]]);
    expect(arrivalsOf([person('no'), person()])).toEqual([]);
  });

  it('a half hour holds who is there by its end, and who said so exactly then; hours count from when it was said', () => {
    expect(told([person('h1', at('19:00')), person('h1', at('19:00') + 1), person('h3', at('17:30'))], at('19:05'))).toEqual([['20:00まで', 1, 1], ['20:30まで', 2, 3]]);
  });

  it('今日中 is the day on which it was said, by the clock of the prefecture, also seen the day after; a time of another day bears its day', () => {
    const people = [person('today', at('00:00')), person('today', at('23:59')), person('today', at('00:00', '08')), person('h3', at('22:40'))];
    expect(told(people, at('23:00')).map(([says]) => says)).toEqual(['今日中に来られる', '7月8日 02:00まで', `${ja.day(at('12:00', '08'))}のうち`]);
    expect(told(people, at('01:00', '08')).map(([says]) => says)).toEqual([`${ja.day(at('12:00'))}のうち`, '02:00まで', '今日中に来られる']);
  });

  it('by organization: there already, in an hour, in three, at any time, each with those before; apart who named no time', () => {
    const people = [person('here'), person('h1', at('18:30')), person('h1'), person('h3'), person('today'), person('yes'), person('no'), person()];
    expect(expectedOf(people, at('19:10'))).toEqual({ here: 1, first: 3, second: 4, timed: 5, open: 1 });
    // Late in the evening three hours reach beyond the day, and no column has fewer than the one before it.
    expect(expectedOf([person('today', at('23:00')), person('h3', at('23:00'))], at('23:30'))).toEqual({ here: 0, first: 1, second: 2, timed: 2, open: 0 });
  });

  it('in the tables each person has the time with its day, silence is a word, and a sheet has the order of time with a column for each organization', () => {
    const people = [person('h1', at('19:10'), ehime), person('here'), person('no'), person()];
    const out = { first: sheets.get(seiyo)!, incident: '', people, org: (id: Id) => (id === ehime ? '愛媛県' : '西予市') };
    expect(surveyRows(out, ja).map((row) => row.at(-1))).toEqual(['到着の見込み', '7月7日 20:10まで', 'すでに職場にいる', '来られない', '未回答']);
    expect(surveySheets(out, ja, at('19:30')).find(({ name }) => name === '到着の見込み')!.rows).toEqual([['到着の見込み', '新たに', '計', '愛媛県', '西予市'], ['すでに職場にいる', 1, 1, 0, 1], ['7月7日 20:30まで', 1, 2, 1, 0]]);
  });

  it('an answer that waited without a line counts from when it was pressed: an hour from 22:00, and the day before midnight', () => {
    /** Pressed at one time by the clock of the device, and heard at another. */
    const waited = (come: string, pressed: number, heard: number, id = newId(pressed, randomBytes(10))): Respondent => {
      const one = person(come, heard);
      return { ...one, said: { ...one.said!, id } };
    };
    const heard = at('03:00', '08');
    const people = [waited('h1', at('22:00'), heard), waited('today', at('22:00'), heard)];
    expect(told(people, heard).map(([says]) => says)).toEqual(['7月7日 23:00まで', `${ja.day(at('12:00'))}のうち`]);
    const out = { first: sheets.get(seiyo)!, incident: '', people, org: () => '' };
    expect(surveyRows(out, ja)[1]).toEqual(expect.arrayContaining(['7月7日 22:00', '7月7日 23:00まで']));
    // A clock that is wrong says nothing from before the question, nor from after it was heard; and what no device sent says no time of its own.
    const bounds = [waited('h1', at('12:00'), heard), waited('h1', at('05:00', '08'), heard), waited('h1', 0, heard, derivedId(freshId(), 'x'))];
    expect(bounds.map((one) => comesAt(one))).toEqual([at('20:00'), at('04:00', '08'), at('04:00', '08')].map((by) => ({ kind: 'by', by })));
  });

  it('a named time stands among the others in their order, and in every sum and table; one of another day bears its day', () => {
    const named = (hour: string, when = at('19:10')): Respondent => person('at', when, seiyo, hour);
    const people = [named('2026-07-07T22:00'), person('h1'), named('2026-07-07T20:30'), named('2026-07-08T07:00'), person('h3')];
    expect(told(people, at('19:30'))).toEqual([['20:30まで', 2, 2], ['22:00まで', 1, 3], ['22:30まで', 1, 4], ['7月8日 07:00まで', 1, 5]]);
    expect(expectedOf(people, at('19:30'))).toEqual({ here: 0, first: 2, second: 4, timed: 5, open: 0 });
    const out = { first: sheets.get(seiyo)!, incident: '', people: people.slice(0, 1), org: () => '' };
    expect(surveyRows(out, ja).map((row) => [row[8], row[9], row.at(-1)])).toEqual([['参集', '何時頃', '到着の見込み'], ['時刻を決めて来られる', '7月7日 22:00', '7月7日 22:00まで']]);
    // It is the time that was named, also when the answer is heard hours later, or given anew; nobody was to come before they were asked.
    expect([named('2026-07-07T22:00', at('23:00')), named('2026-07-07T12:00'), named('22時')].map((one) => comesAt(one))).toEqual([{ kind: 'by', by: at('22:00') }, { kind: 'by', by: at('19:00') }, { kind: 'open' }]);
  });

  it('the next whole hours are offered, by the clock of the prefecture', () => {
    const says = (now: number): string[] => hoursAhead(now).map((hour) => hourSays(hour, now, ja));
    expect(says(at('18:00'))).toEqual(['19:00', '20:00', '21:00', '22:00', '23:00', '7月8日 00:00']);
    expect(says(at('23:59')).slice(0, 2)).toEqual(['7月8日 00:00', '7月8日 01:00']);
  });

  it('nobody comes at a time they did not say', () => {
    expect([comesAt(person()), comesAt(person('no')), comesAt(person('yes'))]).toEqual([undefined, undefined, { kind: 'open' }]);
  });
});
