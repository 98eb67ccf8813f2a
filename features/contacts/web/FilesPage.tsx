import { keepNote } from '@noroshi/features/directory/untold';
import { BookPage, letters, nameFor, save } from '@noroshi/features/directory/web';
import type { Id } from '@noroshi/foundations/kernel';
import { Button, Chips, EmptyNote, Field, Loading, SectionHead, State } from '@noroshi/foundations/ui';
import { inBits, useLine, useLive, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { useMemo, useState } from 'preact/hooks';
import { checkCards, type CardRow } from '../check-cards.ts';
import { contact, type Contact } from '../contact.ts';
import { importContacts, mostAtOnce } from '../import-contacts.ts';
import { mayKeep } from '../may-keep.ts';
import { twinsOf } from '../twins.ts';
import type { Decode } from '../vcard/encoded.ts';
import { mostBytes, readCards, type CardsRead } from '../vcard/read-vcard.ts';
import { writeCards, type CardVersion } from '../vcard/write-vcard.ts';
import { DryRun } from './DryRun.tsx';
import { readKnown, type Known } from './known.ts';

/** Contacts as cards: in, after it was said what would come of them, and out. Both on the device, also without a line. */
export default function FilesPage() {
  const { t } = useWords();
  const { actor } = useStair();
  const known = useLive(readKnown);
  const orgs = known?.book.organizations.filter((org) => mayKeep(actor, org).ok).map(({ id }) => id) ?? [];
  return (
    <BookPage title={t('contacts.files')} back="/people" content="form">
      {!known && <Loading>{t('app.loading')}</Loading>}
      {known && actor.role === 'guest' && <EmptyNote>{t('people.notForGuests')}</EmptyNote>}
      {known && orgs.length > 0 && <In known={known} orgs={orgs} own={orgs.includes(actor.org) ? actor.org : orgs[0]!} />}
      {known && actor.role !== 'guest' && <Out known={known} />}
    </BookPage>
  );
}

/** As the platform reads bytes; `cp932` is what Windows calls its Shift_JIS. */
const decode: Decode = (bytes, charset) => {
  try {
    return new TextDecoder(/^(cp932|ms932)$/i.test(charset) ? 'shift_jis' : charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** 取り込み: a file is read here, what would come of it is told, and nothing goes in before that is pressed. */
function In({ known, orgs, own }: { known: Known; orgs: readonly Id[]; own: Id }) {
  const { t, refusal, language } = useWords();
  const sending = useSending();
  const [org, setOrg] = useState(own);
  const [read, set] = useState<CardsRead>();
  const [ticked, tick] = useState<ReadonlySet<number>>(new Set());
  const [trouble, setTrouble] = useState<string>();
  const [done, tell] = useState<number>();
  // What was taken out is on the device still, as a mark: it is known by it.
  const all = useLive(async ({ replica }) => new Map((await replica.all<Contact>(contact.noun)).map(({ id, value }) => [id, value])));
  const rows = useMemo(() => (read && all ? checkCards(read.cards, org, all, twinsOf(known.contacts, known.book.people, known.book.orgOf)) : []), [read, all, org, known]);
  const goes = rows.filter(({ does, line: at }) => does === 'new' || does === 'changes' || (does === 'twin' && ticked.has(at)));
  const choose = async (file: File | undefined): Promise<void> => {
    set(undefined);
    setTrouble(undefined);
    sending.forget();
    tell(undefined);
    tick(new Set());
    if (!file) return;
    const told = file.size > mostBytes ? { why: 'cardsTooLarge' as const, line: 1 } : readCards(letters(await file.arrayBuffer()) ?? '', decode);
    if ('why' in told) setTrouble(refusal(`contacts.${told.why}`, { line: told.line }));
    else set(told);
  };
  const take = async (): Promise<void> => {
    const parts = inBits(goes.map(({ id, content }: CardRow) => ({ id, ...content })), mostAtOnce);
    if (!(await sending.sendAll(importContacts, parts.map((contacts) => ({ org, contacts }))))) return;
    tell(goes.length);
    set(undefined);
  };
  return (
    <section class="form" aria-labelledby="in">
      <SectionHead id="in" title={t('contacts.import')} />
      {orgs.length > 1 && (
        <Field label={t('contacts.importInto')}>
          {(wiring) => <select {...wiring} value={org} onChange={(event) => setOrg(event.currentTarget.value)}>{orgs.map((id) => <option key={id} value={id}>{nameFor(language, known.book.orgOf(id))}</option>)}</select>}
        </Field>
      )}
      <Field label={t('contacts.importChoose')} hint={t('contacts.importSays')} error={trouble ?? sending.trouble}>{(wiring) => <input {...wiring} type="file" accept=".vcf,text/vcard,text/x-vcard" onClick={(event) => { event.currentTarget.value = ''; }} onChange={(event) => void choose(event.currentTarget.files?.[0])} />}</Field>
      {done !== undefined && <p role="status"><State kind="ok">{t('contacts.imported', { n: done })}</State></p>}
      {read && (
        <>
          <DryRun rows={rows} left={read.left} partly={read.partly} ticked={ticked} onTick={tick} />
          {goes.length > 0 ? <Button kind="main" wide icon="people" busy={sending.busy ? t('account.saving') : undefined} onClick={() => void take()}>{t('contacts.importIt', { n: goes.length })}</Button> : <p>{t('contacts.importNothing')}</p>}
        </>
      )}
    </section>
  );
}

/** 書き出し: of one list or of all, as cards. It is noted. */
function Out({ known }: { known: Known }) {
  const { t, language } = useWords();
  const stair = useStair();
  const line = useLine();
  const [org, setOrg] = useState('');
  const [version, choose] = useState<CardVersion>('4.0');
  const orgs = known.book.organizations.filter(({ id }) => known.contacts.some((one) => one.org === id));
  const some = known.contacts.filter((one) => org === '' || one.org === org);
  const write = async (): Promise<void> => {
    // Noted before it is handed out, on this device first.
    await keepNote(stair, 'tableMade', { note: t('contacts.exportNote', { n: some.length }) }, line.state !== 'open');
    save({ name: `${t('contacts.fileName')}.vcf`, type: 'text/vcard', file: new Blob([writeCards(some, version, (kind) => t(`contacts.kind.${kind}`))]) });
  };
  return (
    <section class="form" aria-labelledby="out">
      <SectionHead id="out" title={t('contacts.export')} />
      <p class="sub">{t('contacts.exportSays')}</p>
      {orgs.length > 1 && (
        <Field label={t('contacts.keptBy')}>
          {(wiring) => <select {...wiring} value={org} onChange={(event) => setOrg(event.currentTarget.value)}><option value="">{t('contacts.exportAll')}</option>{orgs.map((one) => <option key={one.id} value={one.id}>{nameFor(language, one)}</option>)}</select>}
        </Field>
      )}
      <Chips legend={t('contacts.version')} value={version} onChange={choose} choices={[{ value: '4.0', label: t('contacts.version.4') }, { value: '3.0', label: t('contacts.version.3') }]} />
      <Button icon="save" disabled={some.length === 0} onClick={() => void write()}>{t('contacts.exportIt', { n: some.length })}</Button>
    </section>
  );
}
