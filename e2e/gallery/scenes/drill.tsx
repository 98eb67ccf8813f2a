import { AnswerButtons, Bar, Bubble, Composer, DrillFrame, DrillWord, IconButton, Note, Page, ReadLine, Tag, UrgentNotice } from '@noroshi/foundations/ui';
import { readLabels, RoomsPane } from './around.tsx';

const word = <DrillWord>【訓練】</DrillWord>;

export const drill = () => (
  <DrillFrame band="訓練　実際の災害ではありません">
    <Page skipLabel="本文へ" content="talk" list={<RoomsPane />} footFlush head={<Bar back={{ href: '?scene=home', label: '戻る' }} title={<>{word}グループC</>} subtitle="平成30年7月豪雨 想定・状況付与 4/12" actions={<IconButton icon="more" label="メニュー" />} />}
      foot={<Composer label="【訓練】メッセージ" sendLabel="送信" value="" onChange={() => {}} onSend={() => {}} before={<IconButton icon="plus" label="加える" />} after={<IconButton icon="face" label="スタンプ" />} />}>
      <Note>09:10　<b>【訓練】状況付与</b>（統制班）<br />国道56号が西予市宇和町で通行止めになった。</Note>
      <UrgentNotice word="【訓練】緊急" time="09:12" mark="西予" hit name="兵頭 太郎" post="西予市 副市長" tags={<Tag kind="hit">被災（想定）</Tag>}
        read={<ReadLine href="?scene=readers" read={12} of={14} labels={readLabels} />}
        answers={<AnswerButtons label="答え" onAnswer={() => {}} answers={[{ value: 'yes', label: '【訓練】了解', icon: 'check' }, { value: 'maybe', label: '検討中' }, { value: 'no', label: '不可' }]} />}>
        {word}野村地区の市街地が浸水しています。職員の応援をお願いします。</UrgentNotice>
      <Bubble voice={{ mark: '西条', name: '越智 葵', post: '西条市', tags: <Tag>一次支援</Tag> }} meta={<><time>09:15</time><ReadLine href="?scene=readers" read={9} of={14} labels={readLabels} /></>}>{word}受領しました。10人を確認中です。</Bubble>
    </Page>
  </DrillFrame>
);
