import { addPoint, beginDrill, giveNow, type Inject } from '@noroshi/features/drill';
import { closeIncident, openIncident } from '@noroshi/features/incident';
import { commit, send } from '@noroshi/features/request';
import { answer, say } from '@noroshi/features/talk';
import { derivedId, type Id } from '@noroshi/foundations/kernel';
import type { Names, Scene } from './scene.ts';

/** How many minutes before the demo was made the drill began: twelve days. */
const began = 12 * 24 * 60;

/** A small drill of June, so that its result and what it has shown can be looked at. All of it is invented. */
export function drillScenes({ org, room, thing }: Names): Scene[] {
  const drill = thing('drill');
  const twin = derivedId(thing('drill/open'), `twin/${room('C')}`);
  const hit = { as: 'hit', n: 1 } as const;
  const injects: Inject[] = [
    { no: '1', minute: 0, where: hit, from: '松山地方気象台', text: '大雨特別警報が発表されました。', urgent: 1, act: 'answer', by: hit, within: 10, weight: 2 },
    { no: '2', minute: 5, where: hit, from: '野村支所', text: '避難所の職員が足りません。夜間の交代がいません。', act: 'request', by: hit, within: 15, weight: 3 },
    { no: '3', minute: 10, where: hit, from: '県災害対策本部', text: '派遣できる人数を決めてください。', act: 'decide', by: { as: 'primary', n: 1 }, within: 20, weight: 3 },
    { no: '4', minute: 30, where: hit, from: '県災害対策本部', text: '二次支援の市町も、派遣できる人数を知らせてください。', act: 'say', by: { as: 'secondary', n: 1 }, within: 10 },
  ];
  const scenes: Scene[] = [];
  const at = (minutes: number, as: string, label: string, deed: Scene['deed'], input: object): Id => {
    scenes.push({ ago: began - minutes, as, label: `drill/${label}`, deed, input });
    return thing(`drill/${label}`);
  };
  at(0, 'ehime/hanako', 'open', openIncident, { id: drill, name: '6月 情報伝達訓練', kind: 'flood', drill: true, affected: [org('西予市')] });
  at(1, 'ehime/hanako', 'begin', beginDrill, { incident: drill, name: '6月 情報伝達訓練', kind: 'flood', injects, controllers: [] });
  for (const [i, minute] of [2, 7, 12, 32].entries()) at(minute, 'ehime/hanako', `give/${i + 1}`, giveNow, { incident: drill, rev: i + 1, no: String(i + 1) });
  at(6, 'seiyo/deputyHead', 'received', answer, { room: twin, message: derivedId(thing('drill/give/1'), `inject/${twin}`), answer: 'agreed' });
  const asked = at(19, 'seiyo/disaster', 'ask', send, { room: twin, incident: drill, details: { reason: '避難所2か所の夜間の交代' }, lines: [{ duty: 'shelter', count: 6 }] });
  at(44, 'saijo/disaster', 'commit', commit, { room: twin, request: asked, parts: [{ line: 1, wave: 1, count: 4, sees: 0 }] });
  at(37, 'iyo/personnel', 'prepare', say, { room: twin, text: '伊予市は2人を出せます。' });
  at(60, 'ehime/hanako', 'close', closeIncident, { incident: drill, seen: 1 });
  at(90, 'ehime/hanako', 'point/phones', addPoint, { incident: drill, text: '夜間に読まなかった人の優先電話を住所録に加える', owner: org('西予市') });
  return scenes.toSorted((a, b) => b.ago - a.ago);
}
