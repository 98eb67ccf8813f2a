import { Band, Bar, Button, Icon, IconLine, Mark, Page, State } from '@noroshi/foundations/ui';

export const chase = () => (
  <Page skipLabel="本文へ" content="form" head={<><Bar back={{ href: '?scene=home', label: '戻る' }} title="電話で伝えてください" /><Band kind="duty"><b>あなたが担当中</b>（ほかの人はかけません）</Band></>}>
    <div class="row" style={{ flexWrap: 'nowrap', gap: '.75rem' }}><Mark size="large">伊予</Mark><div class="grow"><h2 style={{ fontSize: 'var(--t-24)', lineHeight: 1.3 }}>武智 弘</h2><p style={{ lineHeight: 1.4 }}>伊予市 副市長　<State kind="urgent">未読 79分</State></p></div></div>
    <blockquote class="quote">「西予市の野村地区が浸水しました。狼煙を開いて、受領を押してください。」</blockquote>
    <IconLine icon="star">総務課の<b>優先電話</b>からだと、つながりやすい</IconLine>
    <div style={{ display: 'grid', gap: '.5rem' }}>
      <Button kind="main" wide class="ends" href="tel:09000000101"><Icon name="phone" /><span class="n" style={{ fontSize: 'var(--t-24)' }}>090-0000-0101</span><span>携帯</span></Button>
      <Button wide class="ends" href="tel:0899000102"><Icon name="phone" /><span class="n" style={{ fontSize: 'var(--t-20)' }}>089-900-0102</span><span>副市長室</span></Button>
      <Button wide class="ends" href="tel:0899000103"><Icon name="phone" /><span class="n" style={{ fontSize: 'var(--t-20)' }}>089-900-0103</span><span>自宅</span></Button>
    </div>
    <fieldset><legend class="field-label">結果を記録</legend><div class="halves"><Button icon="check">出た</Button><Button icon="talk">伝言した</Button><Button icon="close">不通</Button><Button icon="people">代理が了解</Button></div></fieldset>
    <details open><summary class="field-label">これまで</summary><ol class="log">
      <li><time>06:28</time>通知　届いた・開いていない</li><li><time>06:31</time>通知 2回目　届いた</li><li><time>06:33</time>メール　送った</li><li><time>06:38</time>SMS　送った</li>
    </ol></details>
  </Page>
);
