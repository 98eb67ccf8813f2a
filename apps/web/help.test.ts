import { topicAt } from '@noroshi/foundations/help';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { match } from '@noroshi/foundations/web';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { explained } from './help.ts';
import { rooms } from './rooms.ts';
import { explainedTo } from './shell/help/explained-to.ts';

// F2: help is on every screen, and a new one cannot come without.

const shell = [...readFileSync(join(import.meta.dirname, 'shell/App.tsx'), 'utf8').matchAll(/\{ path: '([^']+)'/g)].map(([, path]) => path!);
const pages = [...shell, ...rooms.flatMap((room) => (room.pages ?? []).map(({ path }) => path))];
const topics = explained.flatMap((room) => room.topics);

it('F2 explains each page that a room lists', () => {
  expect(pages.length).toBeGreaterThan(60);
  expect(pages.filter((path) => !topicAt(topics, path.replaceAll(/:\w+/g, 'id'), match))).toEqual([]);
});

it('F2 explains no page that is not there, and each once', () => {
  const at = topics.flatMap((topic) => topic.at);
  expect(at.filter((path) => !pages.some((page) => match(page, path)))).toEqual([]);
  expect(at.filter((path, i) => at.indexOf(path) !== i)).toEqual([]);
});

it('F2 is short: two to five steps of at most two sentences or so, and no sentence that nobody says', () => {
  expect(topics.filter(({ steps }) => steps.length < 2 || steps.length > 5).map(({ says }) => says)).toEqual([]);
  const said = topics.flatMap(({ says, steps }) => [says, ...steps]);
  expect(said.filter((key) => japanese[key].length > 90 || english[key].length > 180)).toEqual([]);
  expect(said.filter((key, i) => said.indexOf(key) !== i)).toEqual([]);
  const all = Object.keys(japanese).filter((key) => /^help\.[\w.]+\.\d$/.test(key));
  expect(all.filter((key) => !said.includes(key as (typeof said)[number]))).toEqual([]);
});

it('F2 takes what means a page most exactly', () => {
  const [some] = topics;
  const general = { ...some!, at: ['/board/:page'] };
  const exact = { ...some!, at: ['/board/write'] };
  expect(topicAt([general, exact], '/board/write', match)).toBe(exact);
  expect(topicAt([general, exact], '/board/7', match)).toBe(general);
  expect(topicAt([general, exact], '/elsewhere', match)).toBeUndefined();
});

it('F2 offers a guest nothing of what is for those inside, and what one tends only to those who tend', () => {
  const offered = (role: 'guest' | 'member' | 'manager') => explainedTo(explained, role, rooms);
  expect(offered('guest').map(({ room }) => room)).toEqual(expect.arrayContaining(['shell', 'talk', 'board']));
  expect(offered('guest').filter(({ room }) => ['request', 'incident', 'keeping', 'chase'].includes(room))).toEqual([]);
  expect(offered('member').flatMap((group) => group.topics).filter(({ tends }) => tends)).toEqual([]);
  expect(offered('member').map(({ room }) => room)).toContain('request');
  expect(offered('member').map(({ room }) => room)).not.toContain('setup');
  expect(offered('manager').flatMap((group) => group.topics)).toEqual(topics);
});
