import { Loading } from '@noroshi/foundations/ui';
import { ask, useLine, useLive, useWords } from '@noroshi/foundations/web';
import { useEffect, useState } from 'preact/hooks';
import { saidThere } from '../questions.ts';
import { meant, parts as allParts, standing, type Part, type Target } from '../redaction.ts';

interface Said { readonly there: boolean; /** It is asked for, and there is no line. */ readonly away?: boolean; readonly gone: boolean; readonly has: readonly Part[]; readonly lines: Readonly<Partial<Record<Part, readonly string[]>>>; readonly href: string; readonly noun: string }

const nothing = (noun = ''): Said => ({ there: false, gone: false, has: [], lines: {}, href: '/keeping', noun });

/** What of a thing can be seen, and which parts it has: on this device, or from the server where no device holds it. What was taken back is not here any more; the record still has it. */
export function useSaid(target: Target): Said | undefined {
  const noun = meant(target)?.what.noun;
  const there = useThere(noun?.apart ? target : undefined, noun?.noun);
  const here = useHere(target);
  return noun?.apart ? there : here;
}

function useThere(target: Target | undefined, noun: string | undefined): Said | undefined {
  const online = useLine().state === 'open';
  const [told, tell] = useState<Said>();
  useEffect(() => {
    if (!target) return undefined;
    let current = true;
    void ask(saidThere, target).then((answer) => {
      if (!current) return;
      if (!answer.ok) return tell({ ...nothing(noun), away: answer.code === 'line.away' });
      const { gone, has, href, says } = answer.value;
      tell({ there: true, gone, has, href, noun: noun!, lines: Object.fromEntries(says.map(({ part, lines }) => [part, lines])) });
    });
    return () => { current = false; };
  }, [JSON.stringify(target), online]);
  return told;
}

function useHere(target: Target): Said | undefined {
  return useLive(async ({ replica }) => {
    const of = meant(target);
    const value = of && await replica.get<object>(of.what.noun.noun, of.id);
    if (!of || !value) return nothing(of?.what.noun.noun);
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
  if (!known.there) return <p class="sub">{t(known.away ? 'keeping.needsLine' : 'keeping.notHere')}</p>;
  if (known.gone) return <p class="sub">{t('keeping.takenBack')}</p>;
  return (
    <blockquote class="to-go">
      {parts.flatMap((part) => known.lines[part]?.map((line, i) => <p key={`${part}${i}`}>{part !== 'text' && <><b>{t(`keeping.part.${part}`)}</b> </>}{line}</p>))}
    </blockquote>
  );
}
