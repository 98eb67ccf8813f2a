import { Bar, Button, EmptyNote, Field, FieldError, IconButton, Loading, Page, SectionHead, Stepper, isWithin } from '@noroshi/foundations/ui';
import { useFrame, useLive, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { theLadder, type Ladder } from '../ladder.ts';
import { mostSteps, ways, type Way } from '../step.ts';
import { usualLadder } from '../usual-ladder.ts';
import { setLadder } from '../set-ladder.ts';
import './chase.css';

/** 督促の段取り: after how many minutes by which way. For administrators. */
export default function LadderPage() {
  const { t } = useWords();
  const frame = useFrame();
  const { actor } = useStair();
  const { noun, id } = theLadder();
  const held = useLive(async ({ replica }) => (await replica.get<Ladder>(noun, id)) ?? usualLadder);
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} content="form" head={<><Bar title={t('chase.ladder')} back={{ label: t('app.back'), href: '/more' }} />{frame.bands}</>}>
      {actor.role !== 'administrator' ? <EmptyNote>{t('refusal.directory.notAllowed')}</EmptyNote> : held ? <Steps key={JSON.stringify(held)} held={held} /> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

function Steps({ held }: { held: Ladder }) {
  const { t } = useWords();
  const sending = useSending();
  const [steps, setSteps] = useState<readonly { after: number | undefined; way: Way }[]>(held.steps);
  const [again, setAgain] = useState<number | undefined>(held.again);
  const [saved, setSaved] = useState(false);
  const change = (i: number, step: Partial<(typeof steps)[number]>): void => {
    setSaved(false);
    setSteps(steps.map((one, at) => (at === i ? { ...one, ...step } : one)));
  };
  const wrong = (after: number | undefined): string | undefined => (isWithin(after, 0, 240) ? undefined : t('chase.minutesWrong', { min: 0, max: 240 }));
  const wrongAgain = isWithin(again, 10, 240) ? undefined : t('chase.minutesWrong', { min: 10, max: 240 });
  const good = !wrongAgain && steps.every(({ after }) => !wrong(after));
  const save = async (): Promise<void> => {
    if (!good) return;
    setSaved(Boolean(await sending.send(setLadder, { steps: steps.map(({ after, way }) => ({ after: after!, way })), again: again! })));
  };
  return (
    <>
      <p>{t('chase.ladderSays')}</p>
      <ol class="chase-steps">
        {steps.map(({ after, way }, i) => (
          <li key={i} class="box">
            <div class="row"><b class="grow">{t('chase.stepNo', { n: i + 1 })}</b>{steps.length > 1 && <IconButton icon="close" label={t('chase.stepRemove', { n: i + 1 })} onClick={() => { setSaved(false); setSteps(steps.filter((_, at) => at !== i)); }} />}</div>
            <div class="cols">
              <div><span class="field-label" aria-hidden="true">{t('chase.after')}</span><Stepper label={t('chase.stepAfter', { n: i + 1 })} less={t('chase.less')} more={t('chase.more')} value={after} onChange={(value) => change(i, { after: value })} min={0} max={240} unit={t('chase.minutes')} error={wrong(after)} /></div>
              <Field label={t('chase.stepWay', { n: i + 1 })}>{(wiring) => (
                <select {...wiring} value={way} onChange={(event) => change(i, { way: event.currentTarget.value as Way })}>{ways.map((one) => <option key={one} value={one}>{t(`chase.way.${one}`)}</option>)}</select>
              )}</Field>
            </div>
          </li>
        ))}
      </ol>
      {steps.length < mostSteps && <Button icon="plus" wide onClick={() => { setSaved(false); setSteps([...steps, { after: Math.min(240, (steps.at(-1)?.after ?? 0) + 5), way: 'push' }]); }}>{t('chase.stepAdd')}</Button>}
      <SectionHead title={t('chase.again')} />
      <p class="sub">{t('chase.againSays')}</p>
      <Stepper label={t('chase.again')} less={t('chase.less')} more={t('chase.more')} value={again} onChange={(value) => { setSaved(false); setAgain(value); }} min={10} max={240} by={10} unit={t('chase.minutes')} error={wrongAgain} />
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      <p role="status">{saved && t('chase.ladderSaved')}</p>
      <Button kind="main" wide icon="check" disabled={!good} busy={sending.busy ? t('chase.sending') : undefined} onClick={() => void save()}>{t('chase.ladderSave')}</Button>
    </>
  );
}
