import { useState } from 'preact/hooks';
import { Bar, Button, Chips, Facts, Field, FourNumbers, Icon, IconLine, isWithin, ItemRow, Page, Pane, State, Stepper, Table, Tag } from '@noroshi/foundations/ui';
import { fourLabels, MainTabs } from './around.tsx';

export function requestShort() {
  const [work, setWork] = useState('shelter');
  const [people, setPeople] = useState<number | undefined>(12);
  return (
    <Page skipLabel="本文へ" content="form" head={<Bar back={{ href: '?scene=talk', label: 'やめて戻る（下書きは残ります）', close: true }} title="応援を要請する" subtitle="グループC・平成30年7月豪雨" />}
      foot={<><p class="sub"><b>すぐ届く先</b>　<span class="nw">一次 西条市</span>　<span class="nw">二次 伊予市</span>・<span class="nw">砥部町</span>・<span class="nw">伊方町</span>　<span class="nw">県</span>　<Tag kind="guess">仮定</Tag></p><Button kind="main" wide icon="send">要請を送る</Button></>}>
      <Chips legend="何をする人が必要ですか" value={work} onChange={setWork} choices={[
        { value: 'shelter', label: '避難所運営' }, { value: 'houses', label: '住家被害認定調査' }, { value: 'proof', label: '罹災証明' },
        { value: 'water', label: '応急給水' }, { value: 'goods', label: '物資' }, { value: 'more', label: 'ほか15', icon: 'more' },
      ]} />
      <Field label="何人">{(wiring) => <Stepper id={wiring.id} label="何人" less="1人減らす" more="1人増やす" value={people} onChange={setPeople} unit="人" min={1} max={999} error={isWithin(people, 1, 999) ? undefined : '人数を1〜999で入れてください'} />}</Field>
      <Field label="いつまでに">{({ id }) => <button type="button" class="input chosen" id={id}><Icon name="clock" /><span class="grow">できるだけ早く</span><span class="link">変える</span></button>}</Field>
      <Field label="どこへ">{({ id }) => <button type="button" class="input chosen" id={id}><Icon name="pin" /><span class="grow">西予市役所 本庁</span><span class="link">変える</span></button>}</Field>
      <Button kind="quiet" icon="plus">別の業務も加える</Button>
    </Page>
  );
}

export function pledge() {
  const [answer, setAnswer] = useState('commit');
  const [shelter, setShelter] = useState(2);
  const [houses, setHouses] = useState(4);
  const left = 6 - shelter - houses;
  const line = (name: string, lack: number, value: number, set: (n: number) => void) => (
    <div class="halves pad"><p style={{ lineHeight: 1.4 }}><b>{name}</b><br /><span class="sub">不足 {lack}人</span></p>
      <Stepper low label={name} less={`${name}を1人減らす`} more={`${name}を1人増やす`} value={value} onChange={(n) => set(n ?? 0)} /></div>
  );
  return (
    <Page skipLabel="本文へ" content="form" head={<Bar back={{ href: '?scene=talk', label: '戻る' }} title="西予市の要請に回答" subtitle="C-西予-001 第2報・伊予市として" />}
      foot={<>
        <p class="row" style={{ justifyContent: 'center' }} role="status"><State kind="short">不足 6</State><Icon name="to" />
          {left > 0 ? <State kind="short">不足 {left}</State> : left < 0 ? <State kind="ok">余剰 {-left}</State> : <State kind="ok">不足 0（充足）</State>}</p>
        <Button kind="main" wide>{shelter + houses}人の派遣を決定する</Button>
      </>}>
      <IconLine icon="clock"><b>08:10まで</b>（あと22分）・見込み 6人</IconLine>
      <Chips quiet legend="伊予市の答え" value={answer} onChange={setAnswer} choices={[{ value: 'commit', label: '派遣を決定する', whole: true }, { value: 'consider', label: '検討中' }, { value: 'no', label: '不可' }]} />
      <div><p class="field-label">出せる人数</p><div class="box">{line('避難所運営', 2, shelter, setShelter)}{line('住家被害認定調査', 4, houses, setHouses)}</div></div>
      <div class="cols">
        <Field label="出発予定">{(wiring) => <input type="datetime-local" value="2018-07-07T11:00" {...wiring} />}</Field>
        <Field label="到着予定" error="出発より後の時刻にしてください">{(wiring) => <input type="datetime-local" value="2018-07-07T10:30" {...wiring} />}</Field>
      </div>
      <p class="sub">氏名・車・宿泊は、あとから加えられます。</p>
    </Page>
  );
}

const rows = [
  { work: '避難所運営', need: '一般事務・男女とも・夜間あり', needed: 12, saijo: <><State kind="ok">決定 10</State><br /><Button kind="main" low>受け入れる</Button></>, iyo: <><State kind="doing">検討中</State><br /><span class="sub">08:10まで</span></>, ikata: <><State kind="urgent">未達</State><br /><span class="sub">電話3回</span></>, committed: 10, lack: 2 },
  { work: '住家被害認定調査', need: '土木・建築、調査の経験', needed: 4, saijo: <State kind="quiet" icon={null}>不可（班が出払い）</State>, iyo: <State kind="quiet">受領 07:42</State>, ikata: <State kind="urgent">未達</State>, committed: 0, lack: 4 },
];

export const request = () => (
  <Page skipLabel="本文へ" tabs={<MainTabs current="要請" />} content="form"
    head={<Bar back={{ href: '?scene=talk', label: 'トークへ戻る' }} title="応援職員派遣要請　C-西予-001　第2報" subtitle={<>西予市 副市長 兵頭 太郎・7月7日 07:40　<Tag kind="guess">支援先は仮定</Tag></>}
      actions={<><Button icon="print">要請書 PDF</Button><Button icon="edit">変更する（第3報）</Button><Button kind="quiet" class="danger">取り下げる</Button></>} />}
    show="main side"
    side={<Pane at="side" label="これまで" head={<Bar level={2} title="これまでの変更と回答" />}>
      <ul style={{ padding: '0 1rem' }}>
        <ItemRow end={<time>07:44</time>}><State kind="ok">決定 10人</State><p>西条市 越智 葵</p><p class="sub">避難所運営・班長 村上 剛・09:30出発</p></ItemRow>
        <ItemRow end={<time>07:44</time>}><b>伊予市へ 見込み 6人</b><p class="sub">残りを二次支援の順に。期限 08:10</p></ItemRow>
        <ItemRow end={<time>07:40</time>}><b>第2報</b><p>住家被害認定調査 3人→<span class="changed">4人</span></p></ItemRow>
      </ul></Pane>}>
    <FourNumbers size="big" needed={16} committed={10} arrived={0} labels={fourLabels} />
    <Table caption="業務ごと、支援市町ごとの回答" rows={rows} rowKey={(row) => row.work} columns={[
      { head: '業務', cell: (row) => <><b>{row.work}</b><p class="sub">{row.need}</p></>, foot: '合計' },
      { head: '必要', numeric: true, cell: (row) => <b>{row.needed}</b>, foot: 16 },
      { head: '西条市', under: '一次', cell: (row) => row.saijo, foot: 10 },
      { head: '伊予市', under: '二次 1番・見込み 6人', cell: (row) => row.iyo, foot: '—' },
      { head: '伊方町', under: '二次 3番', cell: (row) => row.ikata, foot: '—' },
      { head: '決定', numeric: true, cell: (row) => <b>{row.committed}</b>, foot: 10 },
      { head: '到着', numeric: true, cell: () => 0, foot: 0 },
      { head: '不足', numeric: true, short: true, cell: (row) => <State kind="short">{row.lack}</State>, foot: 6 },
    ]} />
    <Facts facts={[
      { term: '理由', is: '野村地区の浸水により避難所5か所を開設。職員の半数が登庁できない。' }, { term: '受入窓口', is: <>総務課 宇都宮 恵　<a class="link" href="tel:0894000000">0894-00-0000</a></> },
      { term: '期間', is: '7月7日〜21日・1班 7日・引継 1日' }, { term: '宿泊', is: '応援側で手配（市内は不可）' },
      { term: '集合', is: '7日 13:30　西予市役所 本庁', changed: true }, { term: '確かさ', is: <><Tag>概算</Tag>　07:35 現在</> },
    ]} />
  </Page>
);
