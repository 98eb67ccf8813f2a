import { Button, Field, FieldError, ItemRow, SectionHead, Sheet as Panel, State, ToggleChips } from '@noroshi/foundations/ui';
import { useLive, useSending, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { hexOf } from '../blind.ts';
import { addressBytes, endLink, link as linkNoun, linkPath, makeLink, type Link } from '../link.ts';
import type { SheetNow } from './known.ts';

/** Links by which people outside answer: made here, shown once, ended here. */
export function LinksPart({ now: { sheet, place }, open, title }: { now: SheetNow; open: boolean; title: string }) {
  const { t, moment } = useWords();
  const sending = useSending();
  const [making, make] = useState(false);
  const links = (useLive((stair) => stair.replica.all<Link>(linkNoun.noun)) ?? []).map(({ value }) => value).filter((one) => one.sheet === sheet.id);
  return (
    <section>
      <SectionHead title={t('survey.link.title')} aside={title} />
      <div class="form">
        <p class="sub">{t('survey.link.says')}</p>
        {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
        {open && <Button icon="plus" onClick={() => make(true)}>{t('survey.link.make')}</Button>}
      </div>
      <ul>{links.map((one) => (
        <ItemRow key={one.id}>
          <b>{one.label}</b> <State kind={one.ended === undefined ? 'ok' : 'quiet'}>{t(one.ended === undefined ? 'survey.link.open' : 'survey.link.ended')}</State>
          <p class="sub">{t(one.once ? 'survey.link.once' : 'survey.link.many')}　{t('survey.link.answers', { n: one.answers })}　{moment(one.at)}</p>
          {one.ended === undefined && <Button kind="quiet" class="danger" onClick={() => void sending.send(endLink, { place, sheet: sheet.id, link: one.id })}>{t('survey.link.end')}<span class="sr">{one.label}</span></Button>}
        </ItemRow>
      ))}</ul>
      {making && <Making place={place} sheet={sheet.id} onClose={() => make(false)} />}
    </section>
  );
}

/** The address is made on this device, and only what it looks like from afar goes up. */
function Making({ place, sheet, onClose }: { place: string; sheet: string; onClose: () => void }) {
  const { t } = useWords();
  const sending = useSending();
  const [label, name] = useState('');
  const [once, set] = useState(false);
  const [address, show] = useState<string>();
  const [copied, copy] = useState(false);
  const make = async (): Promise<void> => {
    const secret = hexOf(crypto.getRandomValues(new Uint8Array(addressBytes)));
    const link = hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))));
    if (await sending.send(makeLink, { place, sheet, link, label: label.trim(), ...(once ? { once: 1 } : {}) })) show(`${location.origin}${linkPath}${secret}`);
  };
  return (
    <Panel title={t('survey.link.make')} closeLabel={t('app.close')} onClose={onClose}
      foot={address
        ? <Button kind="main" wide icon="check" onClick={() => { void navigator.clipboard.writeText(address).then(() => copy(true), () => copy(false)); }}>{t(copied ? 'survey.link.copied' : 'survey.link.copy')}</Button>
        : <Button kind="main" wide busy={sending.busy ? t('request.sending') : undefined} disabled={label.trim() === ''} onClick={() => void make()}>{t('survey.link.makeIt')}</Button>}>
      <div class="form">
        {address ? <>
          <p role="status">{t('survey.link.shownOnce')}</p>
          <Field label={t('survey.link.address')}>{(wiring) => <textarea {...wiring} readOnly rows={3} value={address} onFocus={(e) => e.currentTarget.select()} />}</Field>
        </> : <>
          {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
          <Field label={t('survey.link.label')} hint={t('survey.link.labelSays')}>{(wiring) => <input {...wiring} maxLength={80} value={label} onInput={(e) => name(e.currentTarget.value)} />}</Field>
          <ToggleChips legend={t('survey.link.how')} values={once ? ['once' as const] : []} onChange={(values) => set(values.includes('once'))} choices={[{ value: 'once', label: t('survey.link.once'), note: t('survey.link.onceSays'), whole: true }]} />
        </>}
      </div>
    </Panel>
  );
}
