import { useState } from 'preact/hooks';
import { AnswerButtons, Band, Bar, Bubble, Button, CallButton, Composer, DayLine, FourNumbers, GroupHead, Icon, IconButton, IconLine, JumpBar, Note, Page, Pane, PersonRow, Photo, ReadLine, RequestCard, RequestLine, SectionHead, Shares, Sheet, State, Tag, UnreadLine, UrgentNotice, ItemRow, Mark } from '@noroshi/foundations/ui';
import { fourLabels, MainTabs, readLabels, RoomsPane } from './around.tsx';

const read = (n: number) => <ReadLine href="?scene=readers" read={n} of={14} labels={readLabels} />;
const taro = { mark: '西予', hit: true, name: '兵頭 太郎', post: '西予市 副市長' };
const urgentText = '野村ダムの放流で肱川があふれ、野村地区の市街地が浸水しています。屋根に避難している方がいます。職員の応援をお願いします。';
const picture = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><path fill="#8795a0" d="M0 0h400v300H0z"/><path fill="#667a6c" d="M0 150 110 60l90 80 70-50 130 90v120H0z"/><path fill="#a8814b" d="M0 190h400v110H0z"/><path fill="#e8e4da" d="M40 130h90v60H40zm200 10h80v50h-80z"/></svg>')}`;

function Writing() {
  const [draft, setDraft] = useState('');
  return (
    <Composer label="メッセージ" placeholder="メッセージ" sendLabel="送信" value={draft} onChange={setDraft} onSend={() => setDraft('')}
      before={<IconButton icon="plus" label="加える：応援要請・写真・場所・被害報告・緊急" />} after={<IconButton icon="face" label="スタンプ" />} />
  );
}

const side = (
  <Pane at="side" label="この災害" head={<Bar level={2} title="西予市の災害対応" />}>
    <div class="form">
      <FourNumbers needed={16} committed={10} arrived={0} labels={fourLabels} />
      <Button wide href="?scene=request">要請 C-西予-001 を開く</Button>
    </div>
    <SectionHead level={3} title={<>役割 <Tag kind="guess">仮定</Tag></>} />
    <ul style={{ padding: '0 1rem' }}>
      <ItemRow start={<Mark hit size="small">西予</Mark>} end={<Tag kind="hit">被災</Tag>}><b>西予市</b></ItemRow>
      <ItemRow start={<Mark size="small">西条</Mark>} end={<State kind="ok">決定 10</State>}><b>西条市</b><p class="sub">一次支援・あなた</p></ItemRow>
      <ItemRow start={<Mark size="small">伊予</Mark>} end={<State kind="doing">検討中</State>}><b>伊予市</b><p class="sub">二次支援 1番</p></ItemRow>
      <ItemRow start={<Mark size="small">砥部</Mark>} end={<State kind="quiet">受領</State>}><b>砥部町</b><p class="sub">二次支援 2番</p></ItemRow>
      <ItemRow start={<Mark size="small">伊方</Mark>} end={<State kind="urgent">未達</State>}><b>伊方町</b><p class="sub">二次支援 3番</p></ItemRow>
    </ul>
  </Pane>
);

export const talk = () => (
  <Page skipLabel="本文へ" tabs={<MainTabs current="トーク" deskOnly />} list={<RoomsPane current />} side={side} content="talk" footFlush
    head={<>
      <Bar back={{ href: '?scene=home', label: 'ホームへ戻る', phoneOnly: true }} title="グループC" subtitle="14人・西予市の災害対応"
        actions={<><IconButton icon="video" label="映像通話" /><IconButton icon="more" label="メニュー（検索・参加者・助け）" /></>} />
      <div class="phone-only"><FourNumbers size="strip" href="?scene=request" needed={16} committed={10} arrived={0} labels={fourLabels} /></div>
      <Band kind="off"><b>圏外</b>　送信待ち 2件（端末に保存ずみ）</Band>
    </>}
    foot={<><JumpBar href="#urgent">緊急 1件に回答していません</JumpBar><Writing /></>}>
    <DayLine>7月7日（土）</DayLine>
    <UrgentNotice id="urgent" word="緊急" time="06:28" {...taro} tags={<Tag kind="hit">被災</Tag>} read={read(9)}
      answers={<AnswerButtons label="答え" onAnswer={() => {}} answers={[{ value: 'yes', label: '了解', icon: 'check' }, { value: 'maybe', label: '検討中' }, { value: 'no', label: '不可' }]} />}
      tally={<><span>了解 <b>7</b></span><span>検討中 <b>1</b></span><span>不可 <b>0</b></span><State kind="urgent">未回答 6</State></>}>{urgentText}</UrgentNotice>
    <Bubble voice={taro} bare meta={<><time>06:41</time>{read(11)}</>}>
      <Photo src={picture} alt="浸水した野村地区の市街地。道路が茶色い水に沈んでいる">乙亥会館の前から北を向いて撮影
        <IconLine icon="clock"><span class="sub">撮影 7月7日 06:37</span></IconLine><IconLine icon="pin"><span class="sub">西予市野村町野村（位置あり）</span></IconLine>
      </Photo>
    </Bubble>
    <Bubble voice={taro} bare meta={<><time>06:42</time>{read(11)}</>}>
      <Photo src={undefined} alt="写真はこれから届きます" openLabel="写真を開く：給水を待つ列" onOpen={() => {}}>給水を待つ列</Photo>
    </Bubble>
    <Bubble voice={{ mark: '県', name: '渡部 花子', post: '県 防災局' }} meta={<><time>06:52</time>{read(11)}</>}>県災害対策本部です。自衛隊の派遣要請を準備しています。西予市は7時30分までに被害第1報をお願いします。わからない数は「未確認」でかまいません。</Bubble>
    <Bubble voice={{ mark: '西条', name: '越智 葵', post: '西条市 危機管理課', tags: <Tag>一次支援</Tag> }} bare meta={<><time>07:05</time>{read(14)}</>}>
      <img class="sticker" src="/stickers/kakunin.svg" alt="スタンプ：確認中" />
    </Bubble>
    <Note>07:12　伊方町 清家 茂さんが取り消しました。<br />記録には残ります。</Note>
    <UnreadLine>ここから未読</UnreadLine>
    <RequestCard over={<><b>応援職員派遣要請　C-西予-001</b>　第2報・兵頭 太郎（西予市 副市長）</>} title="西予市に あと6人 足りません">
      <FourNumbers needed={16} committed={10} arrived={0} labels={fourLabels} />
      <RequestLine name="避難所運営　12人" words="決定 10・不足 2" needed={12} committed={10} arrived={4} label="12人のうち到着4人、決定10人、不足2人" />
      <RequestLine name={<>住家被害認定調査　<span class="changed">4人</span></>} words="決定 0・不足 4" needed={4} committed={0} arrived={0} label="4人のうち決定0人、不足4人" />
      <p class="sub"><span class="changed">下線</span>は第1報からの変更（3人→4人）</p>
      <IconLine icon="clock"><b>伊予市（二次支援）への見込み 6人</b><br />08:10までに答えてください。あと22分</IconLine>
      <Button kind="strong" wide tall href="?scene=pledge">回答する</Button>
    </RequestCard>
    <Note><time>07:44</time>　<b>西条市が10人の派遣を決定</b><br />一次支援・避難所運営・09:30出発予定</Note>
    <Bubble meta={<><Icon name="check" />送信ずみ <time>07:45</time>{read(6)}</>}>国道56号は内子まで通れます。</Bubble>
    <Bubble state="waiting" meta={<><Icon name="clock" />端末に保存・送信待ち <time>07:47</time></>}>伊予市です。人事で6人を確認しています。8時までに回答します。</Bubble>
    <Bubble state="refused" meta={<>送れませんでした：このトークは閉じられました（E-204）<Button>直して送る</Button></>}>避難所の毛布は足りていますか</Bubble>
  </Page>
);

const late = { mark: '伊方', name: '清家 茂', post: '副町長', note: '届いていない（圏外）' };

export function readers() {
  const [open, setOpen] = useState(true);
  return (
    <>
      <Page skipLabel="本文へ" head={<Bar title="グループC" actions={<Button onClick={() => setOpen(true)}>読んだ人を見る</Button>} />} content="talk"><Bubble voice={taro}>{urgentText}</Bubble></Page>
      {open && (
        <Sheet title="読んだ人・まだの人" closeLabel="閉じる" onClose={() => setOpen(false)} foot={<Button kind="main" wide icon="bell">未読の人にもう一度知らせる</Button>}>
          <div class="form" style={{ gap: '.5rem', paddingBlock: '.75rem' }}>
            <p class="sub"><State kind="urgent">緊急</State>　06:28　西予市 兵頭 太郎</p>
            <Shares label="14人のうち、未読5人、既読で未回答1人、回答ずみ8人" parts={[{ kind: 'open', size: 5, tone: 'urgent' }, { kind: 'hatch', size: 1, tone: 'ok' }, { kind: 'solid', size: 8, tone: 'ok' }]} />
            <p class="row" style={{ gap: '0 1rem' }}><State kind="urgent" icon={null}>未読 5</State><span>既読・未回答 <b>1</b></span><State kind="ok">回答 8</State></p>
          </div>
          <GroupHead aside="職の順"><State kind="urgent" icon="ring">未読 5人</State></GroupHead>
          <ul>
            <PersonRow mark="伊予" name="武智 弘" post="副市長" note="届いた 06:28・開いていない" end={<State kind="plain" icon="phone">向井さん 電話中</State>} />
            <PersonRow {...late} end={<CallButton href="?scene=chase" label="清家 茂さんに電話" />} />
            <PersonRow mark="八幡" name="菊池 昭" post="総務企画部長" note="届いた 06:29・開いていない" end={<CallButton href="?scene=chase" label="菊池 昭さんに電話" />} />
            <PersonRow mark="松山" name="三好 直樹" post="防災・危機管理課 主任主査（兼）災害対策本部 総括班" note="届いた 06:28・開いていない" end={<CallButton href="?scene=chase" label="三好 直樹さんに電話" />} />
            <PersonRow mark="砥部" name="大西 恵" post="総務課長" note="岡田さんが 07:02 に伝えた" end={<State kind="plain" icon="people">代理</State>} />
          </ul>
          <GroupHead><Icon name="eye" />既読・未回答 1人</GroupHead>
          <ul><PersonRow mark="伊予" name="向井 健" post="（あなた）" note="既読 06:31" end={<Button href="?scene=talk">答える</Button>} /></ul>
          <GroupHead><State kind="ok">回答 8人</State></GroupHead>
          <ul><PersonRow mark="西条" name="近藤 正" post="副市長" note="既読 06:30" end={<><b>了解</b><br /><time>06:33</time></>} /></ul>
        </Sheet>
      )}
    </>
  );
}
