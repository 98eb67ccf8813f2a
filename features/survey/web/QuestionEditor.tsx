import { Button, Field, IconButton, Tag, ToggleChips } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { useEffect, useRef, useState } from 'preact/hooks';
import { mostOptions, mostSteps, questionKinds, type Form, type Question, type QuestionKind } from '../form.ts';
import { asKind, changed, copied, hangsOn, moved, without, withOption } from '../written.ts';
import { numberOf } from './QuestionField.tsx';

interface EditorProps {
  readonly form: Form;
  readonly no: number;
  readonly open: boolean;
  /** It has just been added: one goes on by writing it. */
  readonly fresh: boolean;
  /** It has the focus now: whoever comes back to the form later finds it where any other is. */
  readonly onBegun: () => void;
  readonly onOpen: (open: boolean) => void;
  readonly onForm: (form: Form) => void;
  /** Why it cannot be asked so. */
  readonly wrong: string | undefined;
}

/** One question while it is made: closed it is a line that can be moved, open it is all that can be said of it. */
export function QuestionEditor({ form, no, open, fresh, onBegun, onOpen, onForm, wrong }: EditorProps) {
  const { t } = useWords();
  const one = form[no - 1]!;
  const line = useRef<HTMLDivElement>(null);
  const [pressed, press] = useState<-1 | 1>();
  // A line that was moved takes the focus along, so that the next press moves it on.
  useEffect(() => {
    if (pressed === undefined) return;
    const buttons = line.current?.querySelectorAll<HTMLButtonElement>('.survey-moves button');
    const wanted = buttons?.[pressed === -1 ? 0 : 1];
    (wanted?.getAttribute('aria-disabled') === 'true' || wanted?.disabled ? buttons?.[pressed === -1 ? 1 : 0] : wanted)?.focus();
    press(undefined);
  }, [pressed]);
  useEffect(() => {
    if (!fresh) return;
    line.current?.querySelector('textarea')?.focus();
    onBegun();
  }, []);
  const move = (by: -1 | 1): void => {
    onForm(moved(form, one.id, by));
    press(by);
  };
  const title = one.title || t('survey.make.untitled');
  return (
    <div class="survey-q" ref={line} data-question={one.id}>
      <details open={open} onToggle={(e) => { if (e.currentTarget.open !== open) onOpen(e.currentTarget.open); }}>
        <summary><span class="survey-no">{no}</span><span class="survey-q-title"><b>{title}</b><small>{t(`survey.kind.${one.kind}`)}{one.required && <> <Tag>{t('survey.make.required')}</Tag></>}{one.showWhen && <> <Tag>{t('survey.make.branch')}</Tag></>}{one.page && <> <Tag>{t('survey.make.newPage')}</Tag></>}</small></span></summary>
        {open && <div class="form"><Fields form={form} one={one} onForm={onForm} wrong={wrong} /></div>}
      </details>
      <span class="survey-moves">
        <IconButton icon="up" label={t('survey.make.up', { no, title })} disabled={no === 1} onClick={() => move(-1)} />
        <IconButton icon="down" label={t('survey.make.down', { no, title })} disabled={no === form.length} onClick={() => move(1)} />
      </span>
      {wrong && !open && <p class="error">{wrong}</p>}
    </div>
  );
}

function Fields({ form, one, onForm, wrong }: { form: Form; one: Question; onForm: (form: Form) => void; wrong: string | undefined }) {
  const { t } = useWords();
  const change = (more: Partial<Question>): void => onForm(changed(form, one.id, more));
  const { kind } = one;
  const marks = [...(one.required ? ['required' as const] : []), ...(one.page ? ['page' as const] : [])];
  return <>
    <Field label={t('survey.make.question')} error={wrong}>{(wiring) => <textarea {...wiring} class="input low" rows={2} maxLength={200} value={one.title} onInput={(e) => change({ title: e.currentTarget.value })} />}</Field>
    <Field label={t('survey.make.kind')}>{(wiring) => (
      <select {...wiring} value={kind} onChange={(e) => onForm(asKind(form, one.id, e.currentTarget.value as QuestionKind))}>
        {questionKinds.map((each) => <option key={each} value={each}>{t(`survey.kind.${each}`)}</option>)}
      </select>
    )}</Field>
    {(kind === 'one' || kind === 'many' || kind === 'table') && <Options one={one} onChange={(next) => change({ options: next.options })} />}
    {kind === 'scale' && <Bound label={t('survey.make.steps', { most: mostSteps })} value={one.max} onChange={(max) => change({ max })} />}
    {kind === 'number' && <div class="halves">
      <Bound label={t('survey.make.least')} value={one.min} onChange={(min) => change({ min })} />
      <Bound label={t('survey.make.most')} value={one.max} onChange={(max) => change({ max })} />
    </div>}
    <ToggleChips legend={t('survey.make.how')} quiet values={marks} onChange={(values) => change({ required: values.includes('required') ? 1 : undefined, page: values.includes('page') ? 1 : undefined })}
      choices={[{ value: 'required', label: t('survey.make.mustAnswer') }, { value: 'page', label: t('survey.make.newPageHere') }]} />
    <Branch form={form} one={one} onChange={(showWhen) => change({ showWhen })} />
    <Field label={t('survey.make.note')} tag={<Tag>{t('survey.optional')}</Tag>}>{(wiring) => <input {...wiring} maxLength={500} value={one.note ?? ''} onInput={(e) => change({ note: e.currentTarget.value || undefined })} />}</Field>
    <div class="halves">
      <Button icon="plus" onClick={() => onForm(copied(form, one.id))}>{t('survey.make.copy')}</Button>
      <Button kind="quiet" class="danger" onClick={() => onForm(without(form, one.id))}>{t('survey.make.drop')}</Button>
    </div>
  </>;
}

/** What can be chosen, or the rows of a table, one under another. */
function Options({ one, onChange }: { one: Question; onChange: (next: Question) => void }) {
  const { t } = useWords();
  const { options = [], kind } = one;
  const list = useRef<HTMLFieldSetElement>(null);
  const [added, add] = useState(0);
  // Whoever adds a line writes in it next.
  useEffect(() => {
    if (added > 0) [...(list.current?.querySelectorAll('input') ?? [])].at(-1)?.focus();
  }, [added]);
  return (
    <fieldset ref={list}>
      <legend class="field-label">{t(kind === 'table' ? 'survey.make.rows' : 'survey.make.options')}</legend>
      <ul class="survey-options">{options.map(({ id, name }, at) => (
        <li key={id}>
          <input class="input" aria-label={t(kind === 'table' ? 'survey.make.rowNo' : 'survey.make.optionNo', { no: at + 1 })} maxLength={100} value={name} onInput={(e) => { const said = e.currentTarget.value; onChange({ ...one, options: options.map((option) => (option.id === id ? { ...option, name: said } : option)) }); }} />
          <IconButton icon="close" label={t('survey.make.optionDrop', { no: at + 1 })} onClick={() => onChange({ ...one, options: options.filter((option) => option.id !== id) })} />
        </li>
      ))}</ul>
      <Button icon="plus" disabled={options.length >= mostOptions} onClick={() => { onChange(withOption(one)); add(added + 1); }}>{t(kind === 'table' ? 'survey.make.rowAdd' : 'survey.make.optionAdd')}</Button>
    </fieldset>
  );
}

function Bound({ label, value, onChange }: { label: string; value: number | undefined; onChange: (n: number | undefined) => void }) {
  const [typed, type] = useState<string>();
  return <Field label={label}>{(wiring) => <input {...wiring} inputMode="decimal" autocomplete="off" maxLength={12} value={typed ?? String(value ?? '')} onInput={(e) => { type(e.currentTarget.value); onChange(numberOf(e.currentTarget.value)); }} />}</Field>;
}

/** Asked always, or only after certain answers to an earlier question. */
function Branch({ form, one, onChange }: { form: Form; one: Question; onChange: (showWhen: Question['showWhen']) => void }) {
  const { t } = useWords();
  const { showWhen } = one;
  const earlier = hangsOn(form, one.id);
  const of = form.find(({ id }) => id === showWhen?.q);
  // It hangs on one that stands behind it now: it is still shown, so that it can be put right.
  const choices = of && !earlier.includes(of) ? [...earlier, of] : earlier;
  if (choices.length === 0) return <p class="hint">{t('survey.make.branchNone')}</p>;
  return <>
    <Field label={t('survey.make.when')}>{(wiring) => (
      <select {...wiring} value={showWhen?.q ?? ''} onChange={(e) => { const q = choices.find(({ id }) => id === e.currentTarget.value); onChange(q && { q: q.id, is: (q.options ?? []).slice(0, 1).map(({ id }) => id) }); }}>
        <option value="">{t('survey.make.always')}</option>
        {choices.map((each) => <option key={each.id} value={each.id}>{t('survey.make.after', { no: form.indexOf(each) + 1, title: each.title || t('survey.make.untitled') })}</option>)}
      </select>
    )}</Field>
    {showWhen && of && <ToggleChips legend={t('survey.make.whenIs')} values={showWhen.is} onChange={(is) => { if (is.length > 0) onChange({ q: of.id, is }); }} choices={(of.options ?? []).map(({ id, name }) => ({ value: id, label: name || t('survey.make.unnamed') }))} />}
  </>;
}
