import { Tag } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { ComponentChildren } from 'preact';
import type { CardRow, Does } from '../check-cards.ts';
import type { CardNote } from '../vcard/read-vcard.ts';
import { belowName } from '../says.ts';

/** So many are told one by one; of more it is said how many. */
const listedFirst = 50;

interface Props { readonly rows: readonly CardRow[]; readonly left: readonly CardNote[]; readonly partly: readonly CardNote[]; /** The lines of those that seem to be here, and are to go in all the same. */ readonly ticked: ReadonlySet<number>; readonly onTick: (ticked: ReadonlySet<number>) => void }

/** What would come of a file: what is new, what is here already and as whom, what cannot be taken and why. */
export function DryRun({ rows, left, partly, ticked, onTick }: Props) {
  const { t } = useWords();
  const of = (does: Does): readonly CardRow[] => rows.filter((row) => row.does === does);
  const line = (n: number) => <span class="sub">{t('contacts.dry.line', { line: n })}　</span>;
  const plain = ({ line: n, content }: CardRow) => <>{line(n)}<b>{content.name}</b> {belowName(content)} <Tag>{t(`contacts.kind.${content.kind}`)}</Tag></>;
  const note = ({ line: n, title, why }: CardNote) => <>{line(n)}<b>{title || t('contacts.dry.noTitle')}</b>　{t(`contacts.card.${why}`)}</>;
  const flip = (n: number): void => onTick(ticked.has(n) ? new Set([...ticked].filter((one) => one !== n)) : new Set([...ticked, n]));
  return (
    <div class="dry" role="status">
      <Part title={t('contacts.dry.new')} all={of('new')} row={plain} />
      <Part title={t('contacts.dry.changes')} all={of('changes')} row={plain} />
      <Part title={t('contacts.dry.twin')} says={t('contacts.dry.twinSays')} all={of('twin')} row={(row) => (
        <label class="dry-tick">
          <input type="checkbox" checked={ticked.has(row.line)} onChange={() => flip(row.line)} />
          <span>{plain(row)}<br />{row.twin && t(`contacts.twin.${row.twin.by}`, { name: row.twin.name })}</span>
        </label>
      )} />
      <Part title={t('contacts.dry.left')} all={left} row={note} />
      <Part title={t('contacts.dry.partly')} all={partly} row={note} />
      {(['same', 'gone'] as const).map((does) => of(does).length > 0 && <p key={does} class="sub">{t('contacts.dry.counted', { what: t(`contacts.dry.${does}`), n: of(does).length })}</p>)}
    </div>
  );
}

function Part<T>({ title, says, all, row }: { title: string; says?: string; all: readonly T[]; row: (one: T) => ComponentChildren }) {
  const { t } = useWords();
  if (all.length === 0) return null;
  return (
    <section>
      <h3>{t('contacts.dry.counted', { what: title, n: all.length })}</h3>
      {says && <p class="sub">{says}</p>}
      <ul>{all.slice(0, listedFirst).map((one, i) => <li key={i}>{row(one)}</li>)}</ul>
      {all.length > listedFirst && <p class="sub">{t('contacts.dry.more', { n: all.length - listedFirst })}</p>}
    </section>
  );
}
