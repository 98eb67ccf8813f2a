import { isMunicipality } from '@noroshi/features/incident';
import { nameIn, organization, type Organization } from '@noroshi/features/directory';
import { BookPage, save } from '@noroshi/features/directory/web';
import { Button, EmptyNote, Field, FieldError, ItemRow, Loading, Note, SectionHead, State, Tag } from '@noroshi/foundations/ui';
import type { Id } from '@noroshi/foundations/kernel';
import { useLive, useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { isSameCount, population, setPopulations, type Count, type Population } from '../population.ts';
import { populationsCsv, readCount, readDay, readPopulations, type CountsRead } from '../population-table.ts';
import { numberSays } from '../says.ts';
import './damage.css';

/** A table of all towns of the country is a tenth of it. */
const longest = 2_000_000;

/** The text of a table: UTF-8, or Shift_JIS as spreadsheets in Japan save it. */
function textOf(bytes: ArrayBuffer): string | undefined {
  for (const encoding of ['utf-8', 'shift_jis']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch { /* It is written otherwise. */ }
  }
  return undefined;
}

/** 市町の人口: what the house knows of how many live where, put in by a table or one by one. For administrators. */
export default function PopulationPage() {
  const words = useWords();
  const { t, refusal, language } = words;
  const stair = useStair();
  const known = useLive(async ({ replica }) => ({
    towns: (await replica.all<Organization>(organization.noun)).map(({ value }) => value).filter(isMunicipality).toSorted((a, b) => ((a.code ?? a.id) < (b.code ?? b.id) ? -1 : 1)),
    lives: new Map((await replica.all<Population>(population.noun)).map(({ value }) => [value.town, value] as const)),
  }), []);
  const [read, setRead] = useState<CountsRead>();
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<number>();
  if (stair.actor.role !== 'administrator') return <BookPage title={t('damage.population')} back="/more" content="form"><EmptyNote>{t('refusal.directory.notAllowed')}</EmptyNote></BookPage>;
  const lines = read && 'lines' in read ? read.lines : [];
  const wrong = lines.filter((one) => 'wrong' in one);
  const counts = lines.flatMap((one) => ('count' in one && !isSameCount(known?.lives.get(one.count.town), one.count) ? [one.count] : []));
  const name = (town: Id): string => nameIn(known?.towns.find(({ id }) => id === town), language);
  const says = ({ people, households, asOf, source }: Count): string => t(households === undefined ? 'damage.livesSays' : 'damage.livesSaysBoth', { people: numberSays(people), households: numberSays(households ?? 0), day: asOf, source });
  const choose = async (chosen: File | undefined): Promise<void> => {
    if (!chosen || !known) return;
    setRead(undefined);
    setTrouble(undefined);
    setDone(undefined);
    const text = chosen.size > longest ? undefined : textOf(await chosen.arrayBuffer().catch(() => new ArrayBuffer(0)));
    if (!text) return setTrouble(t('damage.form.notRead'));
    const found = readPopulations(text, known.towns, stair.now());
    if ('missing' in found) return setTrouble(t('damage.countNoColumn', { column: found.missing }));
    if ('unclosed' in found) return setTrouble(t('damage.countUnclosed', { n: found.unclosed }));
    setRead(found);
  };
  /** @returns whether it was taken */
  const put = async (all: readonly Count[]): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setTrouble(undefined);
    setDone(undefined);
    const told = await stair.send(setPopulations, { counts: [...all] });
    const answer = told.ok ? await told.answer : told;
    setBusy(false);
    if (!answer.ok) {
      setTrouble(refusal(answer.code, answer.params));
      return false;
    }
    setRead(undefined);
    setDone(all.length);
    return true;
  };
  return (
    <BookPage title={t('damage.population')} back="/damage/form" content="form">
      {!known && <Loading>{t('app.loading')}</Loading>}
      {known && <>
        <p>{t('damage.populationSays')}</p>
        {done !== undefined && <div role="status"><Note>{t('damage.populationDone', { n: done })}</Note></div>}
        {trouble && <FieldError>{trouble}</FieldError>}
        <section class="form" aria-labelledby="table">
          <SectionHead id="table" title={t('damage.populationTable')} />
          <p class="sub">{t('damage.populationTableSays')}</p>
          <Button icon="save" wide onClick={() => save({ name: `${t('damage.population')}.csv`, type: 'text/csv;charset=utf-8', file: new Blob([populationsCsv(known.towns, known.lives, words)]) })}>{t('damage.populationSave')}</Button>
          {/* Emptied before it opens: the same file, mended, is chosen anew. */}
          <Field label={t('damage.populationChoose')}>{(wiring) => <input {...wiring} type="file" accept=".csv,.tsv,.txt,text/csv" onClick={(event) => { event.currentTarget.value = ''; }} onChange={(event) => void choose(event.currentTarget.files?.[0])} />}</Field>
          {wrong.length > 0 && <div role="alert"><FieldError>{t('damage.countWrongs', { n: wrong.length })}</FieldError></div>}
          {read && counts.length + wrong.length === 0 && <p role="status">{t('damage.countNothing')}</p>}
          <ul>
            {wrong.map((one) => <ItemRow key={`wrong/${one.line}`} start={<State kind="urgent">{t('damage.form.line', { n: one.line })}</State>}>{one.says}　{t(`damage.countWrong.${one.wrong}`)}</ItemRow>)}
            {counts.map((one) => <ItemRow key={one.town} start={<Tag>{t(known.lives.has(one.town) ? 'damage.form.changed' : 'damage.form.added')}</Tag>}><b>{name(one.town)}</b>　{says(one)}</ItemRow>)}
          </ul>
          {counts.length > 0 && wrong.length === 0 && <Button kind="main" wide busy={busy ? t('damage.form.setting') : undefined} onClick={() => void put(counts)}>{t('damage.populationPut', { n: counts.length })}</Button>}
        </section>
        {known.towns.length > 0 && <One towns={known.towns} lives={known.lives} onPut={(count) => put([count])} busy={busy} />}
        <section aria-labelledby="lives">
          <SectionHead id="lives" title={t('damage.populationNow')} />
          <p class="form sub">{t('damage.populationOf', { n: known.lives.size, of: known.towns.length })}</p>
          <ul>{known.towns.filter(({ id }) => known.lives.has(id)).map(({ id }) => <ItemRow key={id}><b>{name(id)}</b>　{says(known.lives.get(id)!)}</ItemRow>)}</ul>
        </section>
      </>}
    </BookPage>
  );
}

/** One town by itself. */
function One({ towns, lives, onPut, busy }: { towns: readonly Organization[]; lives: ReadonlyMap<Id, Population>; onPut: (count: Count) => Promise<boolean>; busy: boolean }) {
  const { t, language } = useWords();
  const stair = useStair();
  const [town, choose] = useState(towns[0]!.id);
  const before = lives.get(town);
  const [typed, type] = useState<{ people?: string; households?: string; day?: string; source?: string }>({});
  const [pressed, press] = useState(false);
  const text = { people: typed.people ?? String(before?.people ?? ''), households: typed.households ?? String(before?.households ?? ''), day: typed.day ?? before?.asOf ?? '', source: typed.source ?? before?.source ?? '' };
  const [people, day, source] = [readCount(text.people), readDay(text.day, stair.now()), text.source.trim()];
  const households = text.households.trim() === '' ? undefined : (readCount(text.households) ?? NaN);
  const isRight = households === undefined || (people !== undefined && households <= people);
  const act = async (): Promise<void> => {
    press(true);
    if (people === undefined || day === undefined || source === '' || !isRight) return;
    if (await onPut({ town, people, asOf: day, source, ...(households === undefined ? {} : { households }) })) {
      type({});
      press(false);
    }
  };
  return (
    <section class="form" aria-labelledby="one">
      <SectionHead id="one" title={t('damage.populationOne')} />
      <Field label={t('damage.countColumn.town')}>{(wiring) => (
        <select {...wiring} value={town} onChange={(event) => { choose(event.currentTarget.value); type({}); press(false); }}>{towns.map((one) => <option key={one.id} value={one.id}>{nameIn(one, language)}</option>)}</select>
      )}</Field>
      <div class="cols">
        <Field label={t('damage.countColumn.people')} error={pressed && people === undefined ? t('damage.countWrong.people') : undefined}>{(wiring) => <input {...wiring} inputMode="numeric" autocomplete="off" maxLength={20} value={text.people} onInput={(event) => type({ ...typed, people: event.currentTarget.value })} />}</Field>
        <Field label={t('damage.householdsOptional')} error={pressed && !isRight ? t('damage.countWrong.households') : undefined}>{(wiring) => <input {...wiring} inputMode="numeric" autocomplete="off" maxLength={20} value={text.households} onInput={(event) => type({ ...typed, households: event.currentTarget.value })} />}</Field>
        <Field label={t('damage.countColumn.day')} error={pressed && day === undefined ? t('damage.countWrong.day') : undefined}>{(wiring) => <input {...wiring} type="date" value={text.day} onInput={(event) => type({ ...typed, day: event.currentTarget.value })} />}</Field>
        <Field label={t('damage.countColumn.source')} error={pressed && source === '' ? t('damage.countWrong.source') : undefined}>{(wiring) => <input {...wiring} maxLength={100} value={text.source} onInput={(event) => type({ ...typed, source: event.currentTarget.value })} />}</Field>
      </div>
      <Button wide busy={busy ? t('damage.form.setting') : undefined} onClick={() => void act()}>{t('damage.populationPutOne')}</Button>
    </section>
  );
}
