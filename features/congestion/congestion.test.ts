import { addOrganization } from '@noroshi/features/directory';
import { assemble } from '@noroshi/foundations/sync';
import { codeOf, freshId, Paper, personOf, systemActor } from '@noroshi/foundations/testing';
import { directory } from '@noroshi/features/directory';
import { expect, it } from 'vitest';
import { congestionOrders, declareCongestion } from './congestion.ts';

const house = assemble([directory, congestionOrders]);

function prefectureAndTown() {
  const paper = new Paper(house);
  const [prefecture, town] = [freshId(), freshId()];
  paper.do(systemActor, addOrganization, { id: prefecture, code: '380008', name: '愛媛県', kana: 'えひめけん', romaji: 'Ehime', short: '県', kind: 'prefecture' });
  paper.do(systemActor, addOrganization, { id: town, code: '382141', name: '西予市', kana: 'せいよし', romaji: 'Seiyo', short: '西予', kind: 'city' });
  return { paper, hanako: personOf('member', prefecture), guest: personOf('guest', prefecture), taro: personOf('administrator', town) };
}

it('Z1 the prefecture says that lines are choked, and everyone sees who and since when; nobody else may', () => {
  const { paper, hanako, taro, guest } = prefectureAndTown();
  for (const other of [taro, guest]) expect(codeOf(paper.do(other, declareCongestion, { on: true }))).toBe('congestion.prefectureOnly');
  expect(codeOf(paper.do(hanako, declareCongestion, { on: true }))).toBe('ok');
  expect(paper.get('congestion', 'all')).toMatchObject({ on: true, by: hanako.person, org: hanako.org });
  expect(codeOf(paper.do(taro, declareCongestion, { on: false }))).toBe('congestion.prefectureOnly');
  expect(codeOf(paper.do(hanako, declareCongestion, { on: false }))).toBe('ok');
  expect(paper.get('congestion', 'all')).toMatchObject({ on: false });
});

it('Z3 who says it twice is told that it is so already', () => {
  const { paper, hanako } = prefectureAndTown();
  expect(codeOf(paper.do(hanako, declareCongestion, { on: false }))).toBe('congestion.notOn');
  paper.do(hanako, declareCongestion, { on: true });
  expect(codeOf(paper.do(hanako, declareCongestion, { on: true }))).toBe('congestion.already');
});
