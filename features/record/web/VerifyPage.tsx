import { Bar, Field, FieldError, IconLine, Page, SectionHead, State } from '@noroshi/foundations/ui';
import { useFrame, useWords } from '@noroshi/foundations/web';
import { useRef, useState } from 'preact/hooks';
import { says } from '../proof/says.ts';
import { verify, type Verdict } from '../proof/verify.ts';
import { checkSignature, sourceOf } from './shore.ts';
import './record.css';

/** The same file, chosen again, is looked at again: it may have changed. */
const again = (event: { currentTarget: HTMLInputElement }): void => { event.currentTarget.value = ''; };

/** 記録を確かめる: says of a file whether it is what was recorded. It works without a network, and the file stays on the device. */
export default function VerifyPage() {
  const { t } = useWords();
  const frame = useFrame();
  const [file, setFile] = useState<File>();
  const [kept, setKept] = useState<File>();
  const [done, setDone] = useState<number>();
  const [verdict, setVerdict] = useState<Verdict | 'broken'>();
  const turn = useRef(0);
  const check = async (record: File | undefined, checkpoints: File | undefined): Promise<void> => {
    const mine = ++turn.current;
    setVerdict(undefined);
    if (!record) return;
    setDone(0);
    try {
      const told = await verify({ source: sourceOf(record), checkSignature, kept: await checkpoints?.text(), progress: (part) => { if (mine === turn.current) setDone(part); } });
      if (mine === turn.current) setVerdict(told);
    } catch {
      // Such as a file that was moved away while it was read.
      if (mine === turn.current) setVerdict('broken');
    } finally {
      if (mine === turn.current) setDone(undefined);
    }
  };
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} content="form" head={<><Bar title={t('record.verify')} back={{ label: t('app.back'), href: '/record' }} />{frame.bands}</>}>
      <IconLine icon="off">{t('record.verifySays')}</IconLine>
      <Field label={t('record.verifyFile')}>{(wiring) => <input {...wiring} type="file" accept=".zip,application/zip" onClick={again} onChange={(event) => { const chosen = event.currentTarget.files?.[0]; setFile(chosen); void check(chosen, kept); }} />}</Field>
      <Field label={t('record.verifyKept')} hint={t('record.verifyKeptSays')}>{(wiring) => <input {...wiring} type="file" accept=".txt,text/plain" onClick={again} onChange={(event) => { const chosen = event.currentTarget.files?.[0]; setKept(chosen); void check(file, chosen); }} />}</Field>
      {done !== undefined && <label class="record-progress">{t('record.verifying')}<progress value={done} max={1} /></label>}
      <div role="status">
        {verdict === 'broken' && <FieldError>{t('record.verifyBroken')}</FieldError>}
        {verdict && verdict !== 'broken' && <Told verdict={verdict} />}
      </div>
    </Page>
  );
}

function Told({ verdict }: { verdict: Verdict }) {
  const words = useWords();
  const { t } = words;
  const { good, title, head, found, proven, open } = says(verdict, words);
  const list = (name: string, lines: readonly string[]) => lines.length > 0 && <section><SectionHead title={name} /><ul class="record-lines">{lines.map((line) => <li key={line}>{line}</li>)}</ul></section>;
  return (
    <div class="form record-told">
      <p class="record-title"><State kind={good ? 'ok' : 'urgent'}>{title}</State></p>
      {list(head, found)}
      {list(t('record.cli.proven'), proven)}
      {list(t('record.cli.open'), open)}
    </div>
  );
}
