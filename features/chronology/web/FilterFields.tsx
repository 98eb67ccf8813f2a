import { fromLocal, toLocal } from '@noroshi/foundations/kernel';
import { chronicleKinds } from '@noroshi/foundations/chronicled';
import { Button, Field } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { useEffect, useRef, useState } from 'preact/hooks';
import { filterQuery, type Filter } from '../filter.ts';
import type { Shown } from './use-rows.ts';

interface Props {
  shown: Shown;
  filter: Filter;
  follows: boolean;
  onChange: (filter: Filter, follows?: boolean) => void;
  /** The list's own address, without a filter. */
  here: string;
}

/** What is shown of the chronology: each choice is in the address at once. */
export function FilterFields({ shown, filter, follows, onChange, here }: Props) {
  const { t } = useWords();
  const [copied, copy] = useState(false);
  const orgs = new Set(shown.rows.flatMap((row) => row.orgs));
  const people = new Set(shown.rows.flatMap((row) => row.people));
  const set = (name: keyof Filter, value: string | number | undefined): void => {
    const { [name]: _before, ...rest } = filter;
    copy(false);
    onChange((value === undefined || value === '' ? rest : { ...rest, [name]: value }) as Filter);
  };
  const select = (name: 'town' | 'kind' | 'person' | 'only' | 'order', label: string, choices: readonly (readonly [value: string, says: string])[], any = t('chronology.any')) => (
    <Field label={label}>{(wiring) => (
      <select {...wiring} value={filter[name] ?? ''} onChange={(e) => set(name, e.currentTarget.value)}>
        <option value="">{any}</option>
        {choices.map(([value, says]) => <option key={value} value={value}>{says}</option>)}
      </select>
    )}</Field>
  );
  const time = (name: 'from' | 'to', label: string) => (
    <Field label={label}>{(wiring) => <input type="datetime-local" {...wiring} value={toLocal(filter[name])} onChange={(e) => set(name, fromLocal(e.currentTarget.value))} />}</Field>
  );
  return (
    <div class="form chron-fields">
      <Search value={filter.q ?? ''} onChange={(q) => set('q', q)} />
      {select('kind', t('chronology.kind'), chronicleKinds.map((kind) => [kind, t(`chronology.kind.${kind}`)]))}
      {select('town', t('chronology.town'), shown.organizations.filter(({ id }) => orgs.has(id)).map(({ id }) => [id, shown.names.org(id)]))}
      {select('person', t('chronology.person'), shown.people.filter(({ id }) => people.has(id)).map(({ id, name, org }) => [id, `${name}（${shown.names.org(org)}）`]))}
      {time('from', t('chronology.from'))}
      {time('to', t('chronology.to'))}
      {select('only', t('chronology.only'), [['written', t('chronology.only.written')], ['open', t('chronology.only.open')]])}
      {select('order', t('chronology.order'), [['entry', t('chronology.order.entry')]], t('chronology.order.event'))}
      <label class="chron-check"><input type="checkbox" checked={follows} onChange={(e) => onChange(filter, e.currentTarget.checked)} /><span>{t('chronology.live')}</span></label>
      <Button wide icon="print" href={`${here}${filterQuery({ ...filter, print: 1 } as Filter)}`}>{t('chronology.toPrint')}</Button>
      <Button wide icon="doc" onClick={() => void navigator.clipboard.writeText(new URL(`${here}${filterQuery(filter)}`, location.href).href).then(() => copy(true), () => undefined)}>{t('chronology.link')}</Button>
      <p class="sub" role="status">{copied && t('chronology.linkCopied')}</p>
    </div>
  );
}

/** Words to look for. While Japanese is being composed nothing is looked for; the address follows when one has stopped typing. */
function Search({ value, onChange }: { value: string; onChange: (q: string) => void }) {
  const { t } = useWords();
  const [typed, type] = useState(value);
  const composing = useRef(false);
  const given = useRef(value);
  // The filter was cleared, or came with a link.
  useEffect(() => {
    if (value !== given.current) type(value);
    given.current = value;
  }, [value]);
  const settle = (text: string): void => {
    if (text === given.current) return;
    given.current = text;
    onChange(text);
  };
  useEffect(() => {
    if (composing.current) return;
    const timer = setTimeout(() => settle(typed), 300);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <Field label={t('chronology.search')} hint={t('chronology.searchSays')}>{(wiring) => (
      <input type="search" autocomplete="off" {...wiring} value={typed} maxLength={100}
        onCompositionStart={() => { composing.current = true; }}
        onCompositionEnd={(e) => { composing.current = false; settle(e.currentTarget.value); }}
        onInput={(e) => type(e.currentTarget.value)} />
    )}</Field>
  );
}
