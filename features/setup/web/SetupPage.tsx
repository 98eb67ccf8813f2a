import { addOrganization, amendOrganization } from '@noroshi/features/directory';
import { BookPage, save } from '@noroshi/features/directory/web';
import { revisePlan } from '@noroshi/features/incident';
import { openRoom } from '@noroshi/features/talk';
import type { Params } from '@noroshi/foundations/kernel';
import type { Deed } from '@noroshi/foundations/sync';
import { Button, EmptyNote, Field, FieldError, ItemRow, Note, SectionHead, State } from '@noroshi/foundations/ui';
import { ask, useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { checkSetup } from '../check-setup.ts';
import { sampleFile } from '../sample.ts';

interface Checked {
  readonly problems: readonly { readonly code: string; readonly params: Params }[];
  readonly steps: readonly { readonly id: string; readonly name: string; readonly input: unknown; readonly does: 'addOrganization' | 'amendOrganization' | 'openRoom' | 'revisePlan'; readonly about: string }[];
  readonly unchanged: number;
}

const deeds: Readonly<Record<string, Deed<any, any> & { deed: string }>> = {
  [addOrganization.deed]: addOrganization, [amendOrganization.deed]: amendOrganization, [openRoom.deed]: openRoom, [revisePlan.deed]: revisePlan,
};

/** A prefecture comes in from a file: look first, then do, step by step. A run that was cut off goes on where it was. */
export default function SetupPage() {
  const { t, refusal } = useWords();
  const stair = useStair();
  const [checked, setChecked] = useState<Checked>();
  const [done, setDone] = useState(0);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const may = stair.actor.role === 'administrator';

  const choose = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setChecked(undefined);
    setTrouble(undefined);
    setDone(0);
    if (file.size > 200_000) return setTrouble(t('setup.tooLarge'));
    const answer = await ask(checkSetup, { file: await file.text() });
    if (answer.ok) setChecked(answer.value as Checked);
    else setTrouble(refusal(answer.code, answer.params));
  };
  const act = async (): Promise<void> => {
    if (!checked || busy) return;
    setBusy(true);
    setTrouble(undefined);
    for (const [i, step] of checked.steps.entries()) {
      if (i < done) continue;
      const told = await stair.send(deeds[step.name]!, step.input, step.id);
      const answer = told.ok ? await told.answer : told;
      // A room whose id is taken is there already.
      if (!answer.ok && answer.code !== 'command.idTaken') {
        setBusy(false);
        return setTrouble(t('setup.stepRefused', { about: step.about, why: refusal(answer.code, answer.params) }));
      }
      setDone(i + 1);
    }
    setBusy(false);
  };
  const steps = checked?.steps ?? [];
  const ready = checked && checked.problems.length === 0 && steps.length > 0;
  const finished = ready && done === steps.length;
  return (
    <BookPage
      title={t('setup.title')}
      back="/more"
      content="form"
      foot={finished ? (
        <>
          <div role="status"><Note>{t('setup.done')}</Note></div>
          <Button kind="main" wide href="/admin/people">{t('setup.next')}</Button>
        </>
      ) : ready && <Button kind="main" busy={busy ? t('setup.doing', { done, n: steps.length }) : undefined} onClick={() => void act()}>{t(done > 0 ? 'setup.goOn' : 'setup.doIt', { n: steps.length - done })}</Button>}
    >
      {!may && <EmptyNote>{t('refusal.directory.notAllowed')}</EmptyNote>}
      {may && (
        <>
          <p>{t('setup.says')}</p>
          <details><summary>{t('setup.shape')}</summary><p>{t('setup.shapeSays')}</p></details>
          <div class="row"><Button icon="save" onClick={() => save({ name: t('setup.sampleName'), type: 'application/json', file: new Blob([JSON.stringify(sampleFile, null, 2)]) })}>{t('setup.sample')}</Button></div>
          <Field label={t('setup.choose')}>{(wiring) => <input {...wiring} type="file" accept=".json,application/json" onClick={(event) => { event.currentTarget.value = ''; }} onChange={(event) => void choose(event.currentTarget.files?.[0])} />}</Field>
          {trouble && <FieldError>{trouble}</FieldError>}
          {checked && checked.problems.length > 0 && (
            <section aria-labelledby="wrong">
              <SectionHead id="wrong" title={t('setup.problems', { n: checked.problems.length })} />
              <ul>{checked.problems.map((problem, i) => <ItemRow key={i} start={<State kind="urgent">{t('table.does.wrong')}</State>}>{refusal(problem.code, problem.params)}</ItemRow>)}</ul>
              <p>{t('table.nothingYet')}</p>
            </section>
          )}
          {checked && checked.problems.length === 0 && steps.length === 0 && <p role="status">{t('setup.nothing')}</p>}
          {ready && (
            <section aria-labelledby="steps">
              <SectionHead id="steps" title={t('setup.steps', { n: steps.length, unchanged: checked.unchanged })} />
              <ol>{steps.map((step, i) => <ItemRow key={step.id} end={i < done ? <State kind="ok">{t('setup.stepDone')}</State> : undefined}>{t(`setup.does.${step.does}`, { name: step.about })}</ItemRow>)}</ol>
            </section>
          )}
        </>
      )}
    </BookPage>
  );
}
