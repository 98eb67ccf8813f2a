import { requestOnPaper } from '@noroshi/e2e/request-on-paper';
import { words } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { expect, it } from 'vitest';
import { requestChronicled } from './chronicled.ts';
import { acknowledge, arrive, cancel, commit, depart, send } from './request.ts';

it('K8 each step of a request stands in the chronology: asked, received, committed, departed, arrived, withdrawn', () => {
  const on = requestOnPaper();
  const { taro, aoi } = on.cast;
  const does = (...[who, deed, input]: Parameters<typeof on.paper.do<any>>): string => {
    on.paper.now += 60_000;
    const answer = on.paper.do(who, deed, input);
    if (!answer.ok) throw new Error(answer.code);
    return answer.id;
  };
  const request = does(taro, send, { room: on.groupC, incident: on.flood, lines: [{ duty: 'shelter', count: 6 }] });
  const at = { room: on.groupC, request };
  does(aoi, acknowledge, at);
  does(aoi, commit, { ...at, parts: [{ line: 1, wave: 1, count: 6, sees: 0 }] });
  does(aoi, depart, { ...at, line: 1, wave: 1, count: 6, sees: 0 });
  does(aoi, arrive, { ...at, line: 1, wave: 1, count: 6, sees: 1 });
  does(taro, cancel, { ...at, reason: '足りました' });
  const names = { org: (id: string) => Object.entries(on.orgs).find(([, org]) => org === id)?.[0] ?? '', person: () => '' };
  const told = requestChronicled(on.now(request));
  expect(told.map(({ kind, org, says }) => [kind, names.org(org), says(words('ja', japanese), names)])).toEqual([
    ['request', 'seiyo', '応援要請 C-西予-001（seiyo）　要請を送信、避難所運営 6人'],
    ['report', 'saijo', '応援要請 C-西予-001（seiyo）　受領'],
    ['decision', 'saijo', '応援要請 C-西予-001（seiyo）　決定 6人、避難所運営 6人'],
    ['report', 'saijo', '応援要請 C-西予-001（seiyo）　出発、saijo 避難所運営 6人'],
    ['report', 'saijo', '応援要請 C-西予-001（seiyo）　到着、saijo 避難所運営 6人'],
    ['request', 'seiyo', '応援要請 C-西予-001（seiyo）　取下げ、足りました'],
  ]);
  expect(told.every(({ at: when }, i) => i === 0 || when > told[i - 1]!.at)).toBe(true);
  expect(told.at(-1)!.says(words('en', english), names)).toBe('Request C-西予-001 (seiyo): Withdrawn, 足りました');
  expect(new Set(told.map(({ key }) => key)).size).toBe(told.length);
});
