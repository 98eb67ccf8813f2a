import { Button, Chips, EmptyNote, Field, FieldError, Note, SectionHead, State, Table, Tag } from '@noroshi/foundations/ui';
import { ask, useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import type { CheckedRow } from '../checked-row.ts';
import { importPeople, type Import } from '../import-people.ts';
import { checkImport, exportPeople } from '../questions.ts';
import { BookPage } from './BookPage.tsx';
import { base64Of, save } from './file.ts';
import { reportCsv } from './import-report.ts';

type Encoding = 'auto' | 'utf-8' | 'shift_jis';
interface Checked { readonly encoding: string; readonly columns: readonly { head: string; known: boolean }[]; readonly rows: readonly CheckedRow[]; readonly missing: readonly { name: string; orgName: string }[]; readonly input?: Import | undefined }

/** People from a table, and the address book as a file. */
export default function TablePage() {
  const { t } = useWords();
  const { actor } = useStair();
  const may = actor.role === 'administrator' || actor.role === 'manager';
  return (
    <BookPage title={t('table.title')} back="/more" content="form">
      {!may && <EmptyNote>{t('refusal.directory.notAllowed')}</EmptyNote>}
      {may && <><In /><Out /></>}
    </BookPage>
  );
}

/** Choose, look, do: all of it or nothing. */
function In() {
  const words = useWords();
  const { t, refusal, beside } = words;
  const stair = useStair();
  const [encoding, setEncoding] = useState<Encoding>('auto');
  const [file, setFile] = useState<string>();
  const [checked, setChecked] = useState<Checked>();
  // The same file sent again after a lost answer is the same command.
  const [id, setId] = useState(stair.newId());
  const [trouble, setTrouble] = useState<string>();
  const [state, setState] = useState<'idle' | 'checking' | 'doing' | 'done'>('idle');

  const check = async (base64: string, as: Encoding, leaves = false): Promise<void> => {
    setState('checking');
    setTrouble(undefined);
    setChecked(undefined);
    const answer = await ask(checkImport, { file: base64, encoding: as, ...(leaves ? { leaves } : {}) });
    setState('idle');
    if (!answer.ok) return setTrouble(refusal(answer.code, answer.params));
    setChecked(answer.value);
    setId(stair.newId());
  };
  const choose = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return;
    if (chosen.size > largest) return setTrouble(t('table.tooLarge'));
    const base64 = await base64Of(chosen);
    setFile(base64);
    await check(base64, encoding);
  };
  const act = async (input: Import): Promise<void> => {
    if (state === 'doing') return;
    setState('doing');
    setTrouble(undefined);
    const told = await stair.send(importPeople, input, id);
    const answer = told.ok ? await told.answer : told;
    setState(answer.ok ? 'done' : 'idle');
    if (answer.ok) setChecked(undefined);
    else setTrouble(refusal(answer.code, answer.params));
  };
  const count = (does: CheckedRow['does']): number => checked?.rows.filter((row) => row.does === does).length ?? 0;
  const wrong = count('wrong');
  return (
    <section aria-labelledby="in" class="form">
      <SectionHead id="in" title={t('table.in')} />
      <p class="sub">{t('table.inSays')}</p>
      <details><summary>{t('table.columns')}</summary><p>{t('table.columnsSay')}</p></details>
      {/* Emptied before it opens: the same file, mended, is chosen anew. */}
      <Field label={t('table.choose')}>
        {(wiring) => <input {...wiring} type="file" accept=".csv,.tsv,.txt,text/csv" onClick={(event) => { event.currentTarget.value = ''; }} onChange={(event) => void choose(event.currentTarget.files?.[0])} />}
      </Field>
      <Chips<Encoding> legend={t('table.encoding')} value={encoding} onChange={(as) => { setEncoding(as); if (file) void check(file, as); }} choices={[
        { value: 'auto', label: t('table.auto') }, { value: 'utf-8', label: 'UTF-8' }, { value: 'shift_jis', label: 'Shift_JIS' },
      ]} />
      {state === 'checking' && <p role="status">{t('table.checking')}</p>}
      {trouble && <FieldError>{trouble}</FieldError>}
      {state === 'done' && <div role="status"><Note>{t('table.done')}</Note></div>}
      {checked && (
        <>
          <p role="status"><b>{t('table.would', { add: count('add'), amend: count('amend'), same: count('same'), wrong: wrong + count('left') })}</b></p>
          {checked.columns.some((column) => !column.known) && <p class="sub">{t('table.passedOver', { columns: beside(checked.columns.filter((column) => !column.known).map((column) => column.head)) })}</p>}
          <Rows rows={checked.rows} />
          <Missing all={checked.missing} />
          {count('wrong') + count('left') + checked.missing.length > 0 && <Button wide icon="doc" onClick={() => save({ name: `${t('table.reportName')}.csv`, type: 'text/csv', file: new Blob([reportCsv(checked, words)]) })}>{t('table.report')}</Button>}
          {wrong > 0 && <p>{t('table.nothingYet')}</p>}
          {wrong > 0 && file && count('add') + count('amend') > 0 && <Button wide onClick={() => void check(file, encoding, true)}>{t('table.leave', { n: wrong })}</Button>}
          {checked.input && <Button kind="main" busy={state === 'doing' ? t('account.saving') : undefined} onClick={() => void act(checked.input!)}>{t('table.doIt', { n: count('add') + count('amend') })}</Button>}
        </>
      )}
    </section>
  );
}

/** 150 kB: several times what a prefecture needs, and what goes up in one piece. */
const largest = 149_000;

const kinds = { add: 'doing', amend: 'doing', same: 'quiet', left: 'quiet', wrong: 'urgent' } as const;
const weight = { wrong: 0, left: 0, add: 1, amend: 1, same: 2 } as const;

/** What is wrong first, then what would be done. */
function Rows({ rows }: { rows: readonly CheckedRow[] }) {
  const { t, refusal } = useWords();
  const columnName = (column: string): string => (column === 'name' || column === 'kana' || column === 'email' ? t(`people.${column}`) : column === 'mobile' ? t('people.phones') : column === 'title' ? t('posts.deskTitle') : column);
  return (
    <div class="checked">
      <Table<CheckedRow>
        caption={t('table.rows')}
        rows={rows.toSorted((a, b) => weight[a.does] - weight[b.does] || a.line - b.line)}
        rowKey={(row) => String(row.line)}
        columns={[
          { head: t('table.line'), numeric: true, cell: (row) => row.line },
          { head: t('table.state'), cell: (row) => <State kind={kinds[row.does]}>{t(`table.does.${row.does}`)}</State> },
          { head: t('people.name'), cell: (row) => <>{row.name}<br /><span class="sub">{row.orgName}</span></> },
          {
            head: t('table.what'),
            cell: (row) => (
              <>
                {row.problems.map((problem, i) => <p key={`p${i}`} class="wrong">{problem.column && <Tag kind="must">{problem.column}</Tag>} {refusal(problem.code, problem.params)}</p>)}
                {row.notes.map((note, i) => <p key={`n${i}`}>{note.column && <Tag>{note.column}</Tag>} {refusal(note.code, note.params)}</p>)}
                {row.changes.map((change) => <p key={change.column}><Tag>{columnName(change.column)}</Tag> {change.before || t('table.nothing')} → {change.after || t('table.nothing')}</p>)}
              </>
            ),
          },
        ]}
      />
    </div>
  );
}

/** Who is here and not in the table: they stay, whatever the table says. */
function Missing({ all }: { all: Checked['missing'] }) {
  const { t } = useWords();
  if (all.length === 0) return null;
  return (
    <details>
      <summary>{t('table.missingFrom', { n: all.length })}</summary>
      <p>{t('table.missingSays')}</p>
      <ul>{all.map(({ name, orgName }, i) => <li key={i}>{name} <span class="sub">{orgName}</span></li>)}</ul>
    </details>
  );
}

function Out() {
  const { t, refusal } = useWords();
  const [trouble, setTrouble] = useState<string>();
  const [told, tell] = useState<string>();
  const get = async (input: { kind: 'csv' | 'vcard'; encoding?: 'utf-8' | 'shift_jis' }): Promise<void> => {
    setTrouble(undefined);
    tell(undefined);
    const answer = await ask(exportPeople, input);
    if (!answer.ok) return setTrouble(refusal(answer.code, answer.params));
    const { count, missing } = answer.value;
    save(answer.value);
    tell(missing.length > 0 ? t('table.missing', { n: count, letters: missing.join(' ') }) : t('table.saved', { n: count }));
  };
  return (
    <section aria-labelledby="out" class="form">
      <SectionHead id="out" title={t('table.out')} />
      <p class="sub">{t('table.outSays')}</p>
      <div class="row">
        <Button icon="save" onClick={() => void get({ kind: 'csv' })}>{t('table.csv')}</Button>
        <Button icon="save" onClick={() => void get({ kind: 'csv', encoding: 'shift_jis' })}>{t('table.csvSjis')}</Button>
        <Button icon="save" onClick={() => void get({ kind: 'vcard' })}>{t('table.vcard')}</Button>
      </div>
      {trouble && <FieldError>{trouble}</FieldError>}
      {told && <p role="status">{told}</p>}
    </section>
  );
}
