import { useState } from 'preact/hooks';
import { Band, Bar, Bubble, Button, CallButton, Chips, Composer, Count, EmptyNote, Field, FieldError, FourNumbers, GroupHead, Icon, type IconName, IconButton, IconLine, LineState, Loading, Mark, OweRow, Owes, Page, PersonRow, ReadLine, RequestCard, RequestLine, RoomRow, SectionHead, Sheet, Shares, State, Stepper, Tag, TileMap, ToggleChips, Units } from '@noroshi/foundations/ui';
import { fourLabels, MainTabs, readLabels } from './around.tsx';
import { ehime } from './incident.tsx';

const icons: IconName[] = ['back', 'next', 'down', 'up', 'close', 'plus', 'minus', 'check', 'to', 'search', 'phone', 'video', 'send', 'face', 'camera', 'clock', 'doc', 'pin', 'home', 'talk', 'people', 'board', 'more', 'bell', 'off', 'on', 'edit', 'save', 'loop', 'undo', 'image', 'map', 'flag', 'mail', 'print', 'star', 'gear', 'eye', 'calendar', 'ring', 'square', 'triangle', 'dot'];
const longTown = '南宇和郡愛南町御荘平城 防災対策課 消防防災係（災害対策本部 情報連絡班 兼務）';
const longName = '小笠原・長宗我部 ヴィクトリア あさひ';

export function parts() {
  const [busy, setBusy] = useState(false);
  const [sheet, setSheet] = useState<'centre' | 'right'>();
  const [many, setMany] = useState<number | undefined>(99);
  const [level, setLevel] = useState('mid');
  const [works, setWorks] = useState(['shelter']);
  const [draft, setDraft] = useState('');
  return (
    <Page skipLabel="本文へ" tabs={<MainTabs current="掲示板" />} content="form"
      head={<><Bar title={`部品の見本：${longTown}`} subtitle={longName} actions={<LineState on>接続中</LineState>} /><Band kind="drill">訓練　実際の災害ではありません</Band></>}>
      <SectionHead title="ボタン" />
      <div class="row">
        <Button kind="main" icon="check" busy={busy ? '送っています' : undefined} onClick={() => setBusy(true)}>6人の派遣を決定する</Button><Button kind="strong">回答する</Button><Button>検討中</Button>
        <Button kind="quiet" icon="plus">別の業務も加える</Button><Button kind="danger">取り下げる</Button><Button disabled describedBy="why">受け入れる</Button><span class="sub" id="why">決定がまだありません</span>
        <IconButton icon="search" label="検索" /><CallButton href="tel:0" label="清家 茂さんに電話" />
      </div>
      <SectionHead title="状態と札" />
      <div class="row"><State kind="urgent" fill>緊急</State><State kind="urgent">未達</State><State kind="short">不足 6</State><State kind="doing">検討中</State><State kind="ok">充足</State><State kind="quiet">受領</State><State kind="plain">未報告</State></div>
      <div class="row"><Tag>一次支援</Tag><Tag kind="hit">被災</Tag><Tag kind="guess">仮定</Tag><Tag kind="must">要確認</Tag><Tag kind="drill">訓練</Tag><Count of={7} label="7件" /><Count of={128} label="128件" /><Count of={3} label="3件" muted /></div>
      <div class="row"><Mark>伊予</Mark><Mark hit>西予</Mark><Mark>県</Mark><Mark>新居浜</Mark><Mark>四国<br />中央</Mark><Mark size="small">砥部</Mark><Mark size="large">松山</Mark></div>
      <SectionHead title="帯" />
      <div><Band kind="incident" href="?scene=talk"><b>災害対応中</b>　{longTown}</Band><Band kind="off"><b>圏外です。</b>書けます、答えられます。</Band><Band kind="low" action={<Button>切る</Button>}><b>低通信モード</b>　文字だけ</Band><Band kind="duty">渡部さんが担当中</Band></div>
      <SectionHead title="数" />
      <FourNumbers needed={16} committed={10} arrived={0} labels={fourLabels} />
      <FourNumbers needed={16} committed={16} arrived={12} labels={fourLabels} />
      <FourNumbers needed={1200} committed={1202} arrived={980} labels={fourLabels} />
      <FourNumbers needed={21} committed={19} arrived={10} home={4} short={5} surplus={3} labels={fourLabels} />
      <FourNumbers size="strip" needed={12} committed={12} arrived={0} labels={fourLabels} />
      <FourNumbers size="big" needed={48} committed={31} arrived={4} labels={fourLabels} />
      <Units needed={12} committed={10} arrived={4} label="12人のうち到着4人、決定10人、不足2人" />
      <Units needed={4} committed={6} arrived={2} label="4人に対し決定6人、余剰2人" />
      <Units needed={120} committed={80} arrived={31} label="120人のうち到着31人、決定80人、不足40人" />
      <Shares label="未読5人、未回答1人、回答8人" parts={[{ kind: 'open', size: 5, tone: 'urgent' }, { kind: 'hatch', size: 1, tone: 'ok' }, { kind: 'solid', size: 8, tone: 'ok' }]} />
      <SectionHead title="選ぶ・書く" />
      <Chips legend="道路の状況" value={level} onChange={setLevel} choices={[{ value: 'low', label: '通れる' }, { value: 'mid', label: '片側だけ通れる' }, { value: 'high', label: '通れない', disabled: true, note: '県の確認が要ります' }]} />
      <ToggleChips legend="できる業務（いくつでも）" values={works} onChange={setWorks} choices={[{ value: 'shelter', label: '避難所運営' }, { value: 'houses', label: '住家被害認定調査' }, { value: 'water', label: '応急給水' }]} />
      <Stepper label="避難者" less="1人減らす" more="1人増やす" value={many} onChange={setMany} unit="人" />
      <Stepper low label="毛布" less="毛布を1枚減らす" more="毛布を1枚増やす" value={0} onChange={() => {}} />
      <Field label="名前" hint="漢字・仮名、どちらでも" tag={<Tag>任意</Tag>} error="60字までです（いま 64字）">{(wiring) => <input value={longName} {...wiring} />}</Field>
      <Field label="くわしく">{(wiring) => <textarea {...wiring}>{longTown}</textarea>}</Field>
      <Field label="市町">{(wiring) => <select {...wiring}><option>{longTown}</option></select>}</Field>
      <Field label="日付">{(wiring) => <input type="date" value="2018-07-07" {...wiring} />}</Field>
      <FieldError>送れませんでした。言葉はここに残っています（E-503）</FieldError>
      <Composer label="メッセージ" sendLabel="送信" value={draft} onChange={setDraft} onSend={() => setDraft('')} />
      <SectionHead title="行" count={{ of: 3, label: '3件' }} aside="端末に保存ずみ" />
      <Owes>
        <OweRow state={<State kind="short">不足 7</State>} age="大洲市・B-大洲-002" title="一次 四国中央市が34分 答えていません" note="07:44に二次（東温市・久万高原町）へ自動で回しました" actions={<Button>引き取る</Button>} />
        <OweRow href="?scene=chase" state={<State kind="plain">未報告</State>} age="期限 07:30" title={`${longTown}の被害第1報がまだです`} />
      </Owes>
      <RoomRow href="?scene=talk" mark="愛南" name={longTown} says={longTown} tags={<Tag kind="hit">愛南町 被災</Tag>} time={<time>23:59</time>} unread={{ of: 1200, label: '未読 1200件' }} />
      <GroupHead aside="職の順"><State kind="urgent" icon="ring">未読 5人</State></GroupHead>
      <ul><PersonRow mark="愛南" name={longName} post={longTown} note="届いていない（圏外）" end={<CallButton href="tel:0" label={`${longName}さんに電話`} />} /></ul>
      <EmptyNote>ここには、あなたが答えることが出ます。</EmptyNote>
      <Loading asOf="07:20 時点">新しいものを読み込んでいます</Loading>
      <IconLine icon="clock"><b>08:10まで</b>（あと22分）</IconLine>
      <SectionHead title="話す" />
      <div class="talk">
        <Bubble voice={{ mark: '愛南', hit: true, name: longName, post: longTown, tags: <Tag>一次支援</Tag> }} meta={<><time>07:02</time><ReadLine onClick={() => setSheet('centre')} read={14} of={14} labels={readLabels} /></>}>{'https://example.lg.jp/bousai/higai/2018/0707/' + 'x'.repeat(60)}{'\n'}改行の後</Bubble>
        <Bubble state="withdrawn" voice={{ mark: '伊方', name: '清家 茂', post: '伊方町' }}>07:12 に取り消しました。記録には残ります。</Bubble>
        <RequestCard title={`${longTown}に あと40人 足りません`} state={<State kind="short">不足 40</State>}><RequestLine name="避難所運営　120人" words="到着 31・決定 80・不足 40" needed={120} committed={80} arrived={31} label="120人のうち到着31人" /></RequestCard>
      </div>
      <SectionHead title="地図" />
      <TileMap label="市町の状況" tiles={ehime.map((tile) => ({ ...tile,
        ...({ ozu: { state: 'short', word: '不足 7', framed: true }, ikata: { state: 'urgent', word: '未達' }, saijo: { state: 'doing', word: '支援' }, kihoku: { state: 'silent', word: '未報告' }, uchiko: { state: 'ok', word: '充足' } } as const)[tile.id as 'ozu'] }))} />
      <SectionHead title="シート" />
      <div class="row"><Button onClick={() => setSheet('centre')}>中央に開く</Button><Button onClick={() => setSheet('right')}>右に開く</Button></div>
      <SectionHead title="絵" />
      <div class="row">{icons.map((name) => <Icon key={name} name={name} />)}</div>
      {sheet && <Sheet title="並びをえらぶ" closeLabel="閉じる" place={sheet} onClose={() => setSheet(undefined)} foot={<Button kind="main" wide onClick={() => setSheet(undefined)}>この順にする</Button>}><div class="form"><Chips legend="並び" value={level} onChange={setLevel} choices={[{ value: 'low', label: '新しい順' }, { value: 'mid', label: '急ぐ順' }]} /></div></Sheet>}
    </Page>
  );
}
