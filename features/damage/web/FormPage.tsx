import { person, type Person } from '@noroshi/features/directory';
import { BookPage, save } from '@noroshi/features/directory/web';
import type { Words } from '@noroshi/foundations/i18n';
import { Button, EmptyNote, Field, FieldError, ItemRow, Note, SectionHead, State, Tag } from '@noroshi/foundations/ui';
import { ask, useLive, useStair, useWords, WhenWhole } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { builtIn, formsWith, meansSays, wordsSay, type Form } from '../form.ts';
import { checkForm, damageForm, formAsFile, formOfFile, setForm, type FormFile, type FormProblem, type FormSet } from '../form-set.ts';
import { fieldSays, formSays } from '../says.ts';
import './damage.css';

/** The longest file that is read: a form of 150 figures is a third of it. */
const longest = 150_000;

/** What of a form is new, gone or changed beside the one before, each in words. */
function changesOf(before: Form, after: Form, words: Words): { readonly how: 'added' | 'dropped' | 'changed'; readonly key: string; readonly says: string }[] {
  type Part = { readonly key: string; readonly says: string; readonly all: string };
  const parts = (form: Form): Part[] => [
    // Its keys in one order: a form from a file says the same things in another.
    ...form.fields.map((one) => ({ key: one.key, says: fieldSays(one, words), all: JSON.stringify([fieldSays(one, words), one.block, one.forms, one.unusual, one.parts ?? false, one.means ? meansSays(one, words) : '']) })),
    ...form.words.map((one) => ({ key: `words/${one.key}`, says: wordsSay(one, words), all: JSON.stringify([wordsSay(one, words), one.forms]) })),
    { key: 'checks', says: words.t('damage.form.checks'), all: JSON.stringify(form.checks.map(({ key, atMost, sumOf }) => [key, atMost ?? '', sumOf ?? []])) },
  ];
  const [old, now] = [parts(before), parts(after)];
  return [
    ...now.filter(({ key }) => !old.some((one) => one.key === key)).map((one) => ({ ...one, how: 'added' as const })),
    ...old.filter(({ key }) => !now.some((one) => one.key === key)).map((one) => ({ ...one, how: 'dropped' as const })),
    ...now.filter(({ key, all }) => old.some((one) => one.key === key && one.all !== all)).map((one) => ({ ...one, how: 'changed' as const })),
  ];
}

/** 被害報告の様式: the form in force as a file, and a changed one in its place. For administrators. */
export default function FormPage() {
  const words = useWords();
  const { t, refusal, moment } = words;
  const stair = useStair();
  const known = useLive(async ({ replica }) => ({
    set: (await replica.all<FormSet>(damageForm.noun)).map(({ value }) => value),
    people: new Map((await replica.all<Person>(person.noun)).map(({ value }) => [value.id, value.name])),
  }), []);
  const [read, setRead] = useState<{ readonly form?: FormFile | undefined; readonly problems: readonly FormProblem[] }>();
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<number>();
  if (stair.actor.role !== 'administrator') return <BookPage title={t('damage.form.admin')} back="/more" content="form"><EmptyNote>{t('refusal.directory.notAllowed')}</EmptyNote></BookPage>;
  const forms = formsWith(known?.set ?? []);
  const { now } = forms;
  const file = read?.form;
  const problems = read?.problems ?? [];
  const changes = file && changesOf(now, formOfFile(file, now.version + 1), words);
  const choose = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return;
    setRead(undefined);
    setTrouble(undefined);
    setDone(undefined);
    if (chosen.size > longest) return setTrouble(t('damage.form.tooLarge'));
    const text = await chosen.text().catch(() => undefined);
    if (text === undefined) return setTrouble(t('damage.form.notRead'));
    const answer = await ask(checkForm, { file: text });
    if (answer.ok) setRead(answer.value);
    else setTrouble(refusal(answer.code, answer.params));
  };
  const put = async ({ version }: Form): Promise<void> => {
    setTrouble(undefined);
    const answer = await ask(formAsFile, { version });
    if (!answer.ok) return setTrouble(refusal(answer.code, answer.params));
    save({ name: t('damage.form.fileName', { n: version }), type: 'application/json', file: new Blob([JSON.stringify(answer.value.form, null, 2)]) });
  };
  const act = async (): Promise<void> => {
    if (!file || busy) return;
    setBusy(true);
    setTrouble(undefined);
    const told = await stair.send(setForm, { sees: now.version, form: file });
    const answer = told.ok ? await told.answer : told;
    setBusy(false);
    if (!answer.ok) return setTrouble(refusal(answer.code, answer.params));
    setRead(undefined);
    setDone(now.version + 1);
  };
  return (
    <BookPage title={t('damage.form.admin')} back="/more" content="form"
      foot={file && <Button kind="main" wide busy={busy ? t('damage.form.setting') : undefined} onClick={() => void act()}>{t('damage.form.set', { n: now.version + 1 })}</Button>}>
      {!known && <WhenWhole><span /></WhenWhole>}
      <section class="form" aria-labelledby="in-force">
        <SectionHead id="in-force" title={t('damage.form.inForce')} />
        <p><b>{formSays(now, words)}</b>　<span class="sub">{t('damage.form.fields', { n: now.fields.length, words: now.words.length })}</span></p>
        {done !== undefined && <div role="status"><Note>{t('damage.form.setDone', { n: done })}</Note></div>}
        <p>{t('damage.form.says')}</p>
        <details><summary>{t('damage.form.howTo')}</summary><p>{t('damage.form.howToSays')}</p></details>
        <div class="damage-files">
          <Button icon="save" wide onClick={() => void put(now)}>{t('damage.form.save')}</Button>
          {now.version !== builtIn.version && <Button icon="save" wide onClick={() => void put(builtIn)}>{t('damage.form.saveBuiltIn')}</Button>}
        </div>
        <Field label={t('damage.form.choose')}>{(wiring) => <input {...wiring} type="file" accept=".json,application/json" onClick={(event) => { event.currentTarget.value = ''; }} onChange={(event) => void choose(event.currentTarget.files?.[0])} />}</Field>
        {trouble && <FieldError>{trouble}</FieldError>}
        <a class="btn wide" href="/damage/population">{t('damage.population')}</a>
      </section>
      {problems.length > 0 && (
        <section aria-labelledby="wrong" role="alert">
          <SectionHead id="wrong" title={t('damage.form.problems', { n: problems.length })} />
          <ul>{problems.map(({ path, line, code, what = '' }, i) => (
            <ItemRow key={i} start={<State kind="urgent">{line === undefined ? t('table.does.wrong') : t('damage.form.line', { n: line })}</State>}>
              {path && <code class="damage-path">{path}</code>} {t(`damage.formWrong.${code}`, { what })}
            </ItemRow>
          ))}</ul>
        </section>
      )}
      {changes && (
        <section aria-labelledby="changes">
          <SectionHead id="changes" title={t('damage.form.changes')} />
          {changes.length === 0 ? <p class="form">{t('damage.form.noChanges')}</p> : <ul>{changes.map(({ how, key, says }) => <ItemRow key={`${how}/${key}`} start={<Tag>{t(`damage.form.${how}`)}</Tag>}>{says}</ItemRow>)}</ul>}
        </section>
      )}
      {forms.all.length > 1 && (
        <section class="form" aria-labelledby="earlier">
          <SectionHead id="earlier" title={t('damage.form.earlier')} />
          <ul>{(forms.all as readonly (Form & Partial<FormSet>)[]).map((one) => (
            <li key={one.version}><button type="button" class="link" onClick={() => void put(one)}>{formSays(one, words)}</button>{one.at !== undefined && <span class="sub">　{t('damage.form.setBy', { time: moment(one.at), name: known?.people.get(one.by ?? '') ?? '' })}</span>}</li>
          ))}</ul>
        </section>
      )}
    </BookPage>
  );
}
