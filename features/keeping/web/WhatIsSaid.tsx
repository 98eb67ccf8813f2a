import { Loading } from '@noroshi/foundations/ui';
import { useLive, useWords } from '@noroshi/foundations/web';
import { meant, parts as allParts, standing, type Part, type Target } from '../redaction.ts';

interface Said { readonly there: boolean; readonly gone: boolean; readonly has: readonly Part[]; readonly lines: Readonly<Partial<Record<Part, readonly string[]>>>; readonly href: string; readonly noun: string }

/** What of a thing lies on this device, and which parts it has. What was taken back is not here any more; the record still has it. */
export function useSaid(target: Target): Said | undefined {
  return useLive(async ({ replica }) => {
    const of = meant(target);
    const value = of && await replica.get<object>(of.what.noun.noun, of.id);
    if (!of || !value) return { there: false, gone: false, has: [], lines: {}, href: '/keeping', noun: of?.what.noun.noun ?? '' };
    return {
      there: true, gone: of.what.bearing(value, of.said).gone ?? false, has: standing(of.what, value, of.said), href: of.what.href(value, of.id, target.room), noun: of.what.noun.noun,
      lines: Object.fromEntries(allParts.map((part) => [part, of.what.says(value, part, of.said)])),
    };
  }, [JSON.stringify(target)]);
}

/** The words that are to go, as whoever decides has to see them. */
export function WhatIsSaid({ target, parts }: { target: Target; parts: readonly Part[] }) {
  const { t } = useWords();
  const known = useSaid(target);
  if (!known) return <Loading>{t('app.loading')}</Loading>;
  if (!known.there) return <p class="sub">{t('keeping.notHere')}</p>;
  if (known.gone) return <p class="sub">{t('keeping.takenBack')}</p>;
  return (
    <blockquote class="to-go">
      {parts.flatMap((part) => known.lines[part]?.map((line, i) => <p key={`${part}${i}`}>{part !== 'text' && <><b>{t(`keeping.part.${part}`)}</b> </>}{line}</p>))}
    </blockquote>
  );
}
