import { Band, Bar, Button, Facts, FourNumbers, Icon, IconButton, ItemRow, LineState, OweRow, Owes, Page, Pane, RoomRow, SectionHead, State, Tag } from '@noroshi/foundations/ui';
import { fourLabels, Logo, MainTabs, Rooms, RoomsPane, TownHead } from './around.tsx';

const now = (
  <Owes>
    <OweRow state={<State kind="urgent" fill>緊急</State>} age="06:28・79分 未回答" title="西予市　野村地区の市街地が浸水。職員の応援を。"
      actions={<><Button kind="main" icon="check">受領する</Button><Button tall href="?scene=talk">読む</Button></>} />
    <OweRow href="?scene=pledge" state={<State kind="short">不足 6</State>} age="08:10まで・あと23分" title="応援要請に回答（見込み6人）" />
    <OweRow href="?scene=chase" state={<State kind="plain" icon="phone">電話</State>} age="未読 79分" title="武智 副市長に伝える" />
  </Owes>
);

const sums = (
  <Pane at="side" label="災害の全体" head={<Bar level={2} title="3市の応援" actions={<a class="link" href="?scene=request">状況盤</a>} />}>
    <div class="form">
      <FourNumbers needed={48} committed={31} arrived={4} labels={fourLabels} />
      <p class="sub">被災 3市・支援 4市町・被害報告 18/20市町</p>
      <Button wide icon="plus" href="?scene=incident">災害・訓練を開く</Button>
    </div>
  </Pane>
);

export const home = () => (
  <Page skipLabel="本文へ" tabs={<MainTabs />} list={<RoomsPane />} side={sums}
    head={<><TownHead /><Band kind="incident" href="?scene=talk"><b>災害対応中</b>　平成30年7月豪雨<br />伊予市は <b>二次支援</b>（西予市へ）</Band></>} show="main list">
    <SectionHead title="いま応えること" count={{ of: 3, label: '3件' }} />
    {now}
    <SectionHead title="できごと" action={<a class="link" href="?scene=parts">クロノロジーを開く</a>} />
    <ul style={{ padding: '0 1rem' }}>
      <ItemRow start={<time>07:44</time>}><b>西条市</b>　西予市へ <b>10人</b> の派遣を決定（避難所運営・09:30出発予定）</ItemRow>
      <ItemRow start={<time>07:40</time>}><b>西予市</b>　要請 第2報：住家被害認定調査 <span class="changed">3人→4人</span></ItemRow>
      <ItemRow start={<time>07:29</time>}><b>大洲市</b>　被害第1報：床上浸水 未確認、避難者 412人（概算）</ItemRow>
    </ul>
  </Page>
);

export const peace = () => (
  <Page skipLabel="本文へ" tabs={<MainTabs />} head={<TownHead />}>
    <SectionHead title="いま応えること" />
    <p class="row" style={{ padding: '0 1rem' }}><State kind="ok">ありません</State><span class="sub">通知はこの端末に届きます（今朝 確認）</span></p>
    <SectionHead title="トーク" />
    <Rooms />
    <SectionHead title="掲示板" />
    <RoomRow href="?scene=parts" mark={<Icon name="board" />} name="12月の通信訓練について" says="県 防災局・11月20日" end={<Icon name="next" />} />
  </Page>
);

export const offline = () => (
  <Page skipLabel="本文へ" tabs={<MainTabs />}
    head={<>
      <Bar logo={<Logo />} title="伊予市" subtitle="向井 健（総務課 人事係）" actions={<><LineState on={false}>圏外</LineState><IconButton icon="search" label="端末の中を検索" /></>} />
      <Band kind="off"><b>圏外です。</b>書けます、答えられます。<br />最後に受け取ったのは 07:20（27分前）</Band>
      <Band kind="incident" href="?scene=talk"><b>災害対応中</b>　伊予市は <b>二次支援</b></Band>
    </>}
    foot={<Band kind="low" action={<Button>切る</Button>}><b>低通信モード</b>　文字だけ・写真は押してから</Band>} footFlush>
    <SectionHead title="送信待ち" count={{ of: 3, label: '3件' }} aside="端末に保存ずみ" />
    <ul class="outbox">
      <ItemRow start={<Icon name="check" />} end={<Tag kind="guess">仮</Tag>}><b>受領</b>　西予市の緊急</ItemRow>
      <ItemRow start={<Icon name="talk" />} end={<time>07:47</time>}>「伊予市です。人事で6人を…」</ItemRow>
      <ItemRow start={<Icon name="image" />} end={<time>07:50</time>}>写真 1枚（ことばの後に送る）</ItemRow>
    </ul>
    <SectionHead title="いま応えること" count={{ of: 3, label: '3件' }} />
    {now}
    <SectionHead title="この端末" />
    <div style={{ padding: '0 1rem 1rem' }}><Facts facts={[{ term: '電池', is: '41 %・暗い画面' }, { term: '保存', is: '3件（12 kB）' }]} /></div>
  </Page>
);
