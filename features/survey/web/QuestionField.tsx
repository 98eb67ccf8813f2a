import { Button, Chips, Field, FieldError, readNumber, Tag, ToggleChips } from '@noroshi/foundations/ui';
import { fromLocal, toLocal } from '@noroshi/foundations/kernel';
import { useNow, useWords } from '@noroshi/foundations/web';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { longestText, type Question, type Value } from '../form.ts';
import { hoursAhead, hourSays } from '../arrivals.ts';
import { optionSays, questionSays } from '../says.ts';
import { PhotoField, type PhotoPlace } from './Photos.tsx';

interface QuestionProps { readonly question: Question; readonly value: Value | undefined; readonly onChange: (value: Value | undefined) => void; readonly error: string | undefined; readonly photos: PhotoPlace }

/** What was typed as a number, also with a point and below 0; nothing where it is none. */
export function numberOf(typed: string): number | undefined {
  const text = typed.normalize('NFKC').replace(/[,\s]/g, '').replace(/^[−ー]/, '-');
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return readNumber(typed);
}

/** Wider than this (in Latin letters) what can be chosen does not fit beside another. */
const widest = 16;
const widthOf = (text: string): number => [...text].reduce((n, char) => n + (char > '\u2e7f' ? 2 : 1), 0);

/** One question with its place for an answer. */
export function QuestionField({ question, value, onChange, error, photos }: QuestionProps) {
  const words = useWords();
  const { t } = words;
  const { kind, note, required, options = [], min, max } = question;
  const says = questionSays(question, words);
  const tag = !required && <Tag>{t('survey.optional')}</Tag>;
  const title = <>{says}{tag && <> {tag}</>}</>;
  // Words of one's own may be long: then each choice has a line, as in the form of the house the author saw to it.
  const whole = question.title !== '' && options.some(({ name }) => widthOf(name) > widest);
  const choices = kind === 'scale' ? Array.from({ length: max ?? 0 }, (_, n) => ({ value: String(n + 1), label: String(n + 1) })) : options.map(({ id }) => ({ value: id, label: optionSays(question, id, words), whole }));
  if (kind === 'one' || kind === 'scale' || kind === 'many') {
    return (
      <div>
        {kind === 'many'
          ? <ToggleChips legend={title} values={(value as string[] | undefined) ?? []} onChange={(all) => onChange(all.length > 0 ? all : undefined)} choices={choices} />
          : <Chips legend={title} value={value === undefined ? undefined : String(value)} onChange={(one) => onChange(kind === 'scale' ? Number(one) : one)} choices={choices} />}
        {note && <p class="hint">{note}</p>}
        {!required && value !== undefined && kind !== 'many' && <Button kind="quiet" onClick={() => onChange(undefined)}>{t('survey.leaveOut', { question: says })}</Button>}
        {error && <FieldError>{error}</FieldError>}
      </div>
    );
  }
  if (kind === 'moment') return <MomentField question={question} value={value} onChange={onChange} error={error} title={says} tag={tag || undefined} />;
  if (kind === 'place') return <PlaceField question={question} value={value} onChange={onChange} error={error} photos={photos} title={says} />;
  if (kind === 'photo') {
    return (
      <fieldset>
        <legend class="field-label">{title}</legend>
        {note && <p class="hint">{note}</p>}
        <PhotoField title={says} ids={(value as string[] | undefined) ?? []} at={photos} onChange={(ids) => onChange(ids.length > 0 ? ids : undefined)} />
        {error && <FieldError>{error}</FieldError>}
      </fieldset>
    );
  }
  if (kind === 'table') {
    const rows = (value as (number | null)[] | undefined) ?? options.map(() => null);
    return (
      <fieldset>
        <legend class="field-label">{title}</legend>
        {note && <p class="hint">{note}</p>}
        <div class="survey-rows">{options.map(({ id, name }, row) => (
          <Field key={id} label={name}>{(wiring) => <NumberInput wiring={wiring} value={rows[row] ?? undefined} onChange={(n) => onChange(rows.map((one, i) => (i === row ? n ?? null : one)))} />}</Field>
        ))}</div>
        {error && <FieldError>{error}</FieldError>}
      </fieldset>
    );
  }
  const bounds = kind === 'number' && (min !== undefined || max !== undefined) ? t('survey.between', { min: min ?? '', max: max ?? '' }) : undefined;
  const n = typeof value === 'number' ? value : undefined;
  const outside = n !== undefined && (n < (min ?? -Infinity) || n > (max ?? Infinity));
  return (
    <Field label={says} tag={tag || undefined} hint={[note, bounds].filter(Boolean).join(' ') || undefined} error={error ?? (outside ? t('survey.outside') : undefined)}>{(wiring) => (
      kind === 'number' ? <NumberInput wiring={wiring} value={n} onChange={onChange} />
        : kind === 'date' ? <input type="date" {...wiring} value={String(value ?? '')} onInput={(e) => onChange(e.currentTarget.value || undefined)} />
          : <textarea {...wiring} maxLength={longestText} value={String(value ?? '')} onInput={(e) => onChange(e.currentTarget.value || undefined)} />
    )}</Field>
  );
}

function NumberInput({ wiring, value, onChange }: { wiring: object; value: number | undefined; onChange: (n: number | undefined) => void }) {
  const [typed, type] = useState<string>();
  return <input {...wiring} inputMode="decimal" autocomplete="off" maxLength={16} value={typed ?? String(value ?? '')} onInput={(e) => { type(e.currentTarget.value); onChange(numberOf(e.currentTarget.value)); }} />;
}

type MomentProps = Omit<QuestionProps, 'photos'> & { title: string; tag: ComponentChildren };
/** A time of a day. The house itself asks of what is to come: there the next hours are one press. */
function MomentField({ question, value, onChange, error, title, tag }: MomentProps) {
  const words = useWords();
  const now = useNow(60_000);
  const text = value === undefined ? '' : String(value);
  const own = question.title !== '';
  const at = fromLocal(text);
  const hours = hoursAhead(now);
  return (
    <div class="form">
      {!own && <Chips legend={title} value={text} onChange={onChange} choices={(at === undefined || hours.includes(at) ? hours : [at, ...hours]).map((hour) => ({ value: toLocal(hour), label: words.t('survey.about', { time: hourSays(hour, now, words) }) }))} />}
      <Field label={own ? title : words.t('survey.otherTime')} tag={own ? tag : undefined} hint={question.note} error={error}>{(wiring) => <input type="datetime-local" {...wiring} value={text} onInput={(e) => onChange(e.currentTarget.value || undefined)} />}</Field>
    </div>
  );
}

/** A place in words; where this device is, only when it is asked for. */
function PlaceField({ value, onChange, error, title, question }: QuestionProps & { title: string }) {
  const { t } = useWords();
  const [state, set] = useState<'asking' | 'refused'>();
  const words = String(value ?? '');
  const here = (): void => {
    set('asking');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { onChange(`${words ? `${words} ` : ''}${coords.latitude.toFixed(5)},${coords.longitude.toFixed(5)}`); set(undefined); },
      () => set('refused'),
      { enableHighAccuracy: true, timeout: 20_000 },
    );
  };
  return (
    <div class="form">
      <Field label={title} tag={!question.required && <Tag>{t('survey.optional')}</Tag>} hint={question.note ?? t('talk.placeNameHint')} error={error}>{(wiring) => <input {...wiring} maxLength={300} value={words} onInput={(e) => onChange(e.currentTarget.value || undefined)} />}</Field>
      <Button icon="pin" busy={state === 'asking' ? t('talk.placeAsking') : undefined} onClick={here}>{t('talk.placeHere')}</Button>
      {state === 'refused' && <FieldError>{t('talk.placeRefused')}</FieldError>}
    </div>
  );
}
