import { Bar, IconButton, LineState, Mark, Pane, RoomRow, SectionHead, Tabs, Tag } from '@noroshi/foundations/ui';

/** What stands around every scene, with the people and places of July 2018. */
export const fourLabels = { needed: '必要', committed: '決定', arrived: '到着', short: '不足', surplus: '余剰', home: '帰任' };
export const readLabels = { read: '既読', unread: '未読', all: '全員既読' };

export const Logo = () => <img src="/icon.svg" alt="" width={40} height={40} style={{ marginInlineStart: '.5rem' }} />;

export const MainTabs = ({ current = 'ホーム', deskOnly }: { current?: string; deskOnly?: boolean }) => (
  <Tabs label="主な画面" deskOnly={deskOnly} logo={<img src="/icon.svg" alt="狼煙" width={44} height={44} />} tabs={[
    { href: '?scene=home', icon: 'home', label: 'ホーム', current: current === 'ホーム' },
    { href: '?scene=talk', icon: 'talk', label: 'トーク', current: current === 'トーク', count: { of: 7, label: '未読 7件' } },
    { href: '?scene=request', icon: 'people', label: '要請', current: current === '要請', count: { of: 1, label: '1件' } },
    { href: '?scene=parts', icon: 'board', label: '掲示板' },
    { href: '?scene=incident', icon: 'more', label: 'その他' },
  ]} />
);

export const Rooms = ({ current }: { current?: boolean }) => (
  <>
    <RoomRow href="?scene=talk" mark="C" name="グループC" tags={<Tag kind="hit">西予市 被災</Tag>} says="西条市が10人の派遣を決定" time={<time>07:44</time>} unread={{ of: 5, label: '未読 5件' }} current={current} />
    <RoomRow href="?scene=talk" mark="全" name="全市町" says="渡部 花子：大雨特別警報の見込みです。避難所の開設状況を確認してください" time={<time>07:20</time>} unread={{ of: 2, label: '未読 2件' }} />
    <RoomRow href="?scene=talk" mark="県" name="県 市町振興課" says="宿泊先の一覧を送りました" time={<time>07:02</time>} unread={{ of: 12, label: '未読 12件（通知しない）', muted: true }} />
    <RoomRow href="?scene=talk" mark="西条" name="越智 葵" tags={<span class="sub">西条市</span>} says="車は一緒に出ますか" time={<time>昨日</time>} />
    <RoomRow href="?scene=talk" mark="当番" name="7月の当番" says="今夜は砥部町です" time={<time>昨日</time>} />
  </>
);

export const RoomsPane = ({ current }: { current?: boolean }) => (
  <Pane at="list" label="トークの一覧" head={<Bar level={2} title="トーク" actions={<IconButton icon="search" label="検索" />} />}>
    <SectionHead level={3} title="災害対応中" />
    <Rooms current={current} />
  </Pane>
);

export const TownHead = () => (
  <Bar logo={<Logo />} title="伊予市" subtitle="向井 健（総務課 人事係）" actions={<><LineState on>接続中</LineState><IconButton icon="search" label="検索" /></>} />
);

/** A role in the support plan. */
export const Role = ({ mark, name, note, hit }: { mark: string; name: string; note?: string; hit?: boolean }) => (
  <div class="row" style={{ flexWrap: 'nowrap', gap: '.75rem' }}><Mark hit={hit}>{mark}</Mark><span class="grow"><b>{name}</b>{note && <p class="sub">{note}</p>}</span></div>
);
