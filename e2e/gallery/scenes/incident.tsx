import { useState } from 'preact/hooks';
import { Bar, Button, Chips, Field, IconLine, ItemRow, Mark, Page, Pane, Tag, type Tile, TileMap } from '@noroshi/foundations/ui';
import { MainTabs } from './around.tsx';

/** Ehime: one tile a town. */
export const ehime: Tile[] = ([
  ['kamijima', '上島町', '上島', 1, 5], ['imabari', '今治市', '今治', 2, 4], ['masaki', '松前町', '松前', 3, 2], ['matsuyama', '松山市', '松山', 3, 3],
  ['toon', '東温市', '東温', 3, 4], ['saijo', '西条市', '西条', 3, 5], ['niihama', '新居浜市', '新居浜', 3, 6], ['shikokuchuo', '四国中央市', '四国中央', 3, 7],
  ['iyo', '伊予市', '伊予', 4, 2], ['tobe', '砥部町', '砥部', 4, 3], ['kumakogen', '久万高原町', '久万高原', 4, 4], ['ikata', '伊方町', '伊方', 5, 1],
  ['ozu', '大洲市', '大洲', 5, 2], ['uchiko', '内子町', '内子', 5, 3], ['yawatahama', '八幡浜市', '八幡浜', 6, 1], ['seiyo', '西予市', '西予', 6, 2],
  ['kihoku', '鬼北町', '鬼北', 6, 3], ['uwajima', '宇和島市', '宇和島', 7, 2], ['matsuno', '松野町', '松野', 7, 3], ['ainan', '愛南町', '愛南', 8, 2],
] as const).map(([id, name, shortName, row, column]) => ({ id, name, shortName, row, column }));

const role = (id: string): Pick<Tile, 'state' | 'word'> =>
  id === 'saijo' ? { state: 'first', word: '一次' } : ['iyo', 'tobe', 'ikata'].includes(id) ? { state: 'second', word: '二次' } : {};

export function incident() {
  const [kind, setKind] = useState('real');
  const [hit, setHit] = useState(['seiyo']);
  const pick = (id: string) => setHit(hit.includes(id) ? hit.filter((one) => one !== id) : [...hit, id]);
  return (
    <Page skipLabel="本文へ" tabs={<MainTabs />} content="form" show="main side" head={<Bar back={{ href: '?scene=home', label: 'やめる', close: true }} title="災害・訓練を開く" />}
      side={<Pane at="side" label="役割" head={<Bar level={2} title="役割" subtitle="支援計画 2018年度版" />}>
        <div class="form">
          <ul>
            <ItemRow start={<Mark hit>西予</Mark>} end={<Tag kind="hit">被災</Tag>}><b>西予市</b></ItemRow>
            <ItemRow start={<Mark>西条</Mark>} end={<><Tag>一次</Tag> <Tag kind="guess">仮定</Tag></>}><b>西条市</b><p class="sub">30分以内に派遣を決める</p></ItemRow>
            <ItemRow start={<Mark>伊予</Mark>} end={<><Tag>二次</Tag> <Tag kind="guess">仮定</Tag></>}><b>伊予市</b>・砥部町・伊方町<p class="sub">残りに備える（この順）</p></ItemRow>
          </ul>
          <IconLine icon="loop">西条市も被災したら、次の <b>伊予市</b> が一次支援になります</IconLine>
          <Button kind="main" wide>災害を開き、5市町と県のトークに載せる</Button>
        </div>
      </Pane>}>
      <div class="cols">
        <Chips legend="種類" value={kind} onChange={setKind} choices={[{ value: 'real', label: '実際の災害' }, { value: 'drill', label: '訓練' }]} />
        <Field label="名前">{(wiring) => <input value="平成30年7月豪雨" {...wiring} />}</Field>
      </div>
      <p class="field-label" style={{ margin: 0 }}>被災した市町を押す</p>
      <TileMap label="被災市町を選ぶ地図" onPick={pick} chosen={hit} legend={{ at: '6 / 4 / 9 / 8', words: <><b>{hit.length}市町</b> を選択<br />実線の枠＝一次<br />点線の枠＝二次<br /><a class="link" href="?scene=parts">一覧で選ぶ</a></> }} tiles={ehime.map((tile) => (hit.includes(tile.id) ? { ...tile, state: 'hit', word: '被災' } : { ...tile, ...role(tile.id) }))} />
    </Page>
  );
}
