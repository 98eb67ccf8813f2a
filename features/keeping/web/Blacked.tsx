import { useNames } from '@noroshi/features/directory/web';
import { message as messageNoun } from '@noroshi/features/talk';
import type { Redactable } from '@noroshi/foundations/redacts';
import { Icon } from '@noroshi/foundations/ui';
import { useLive, useStair, useWords, type CardProps } from '@noroshi/foundations/web';
import type { Target } from '../redaction.ts';
import { useDated } from './use-dated.ts';
import { useSaid } from './WhatIsSaid.tsx';
import './keeping.css';

/** 黒塗り: what stands where the words stood. Which, why, which two agreed, when. `line`: the noun, where it is no message. */
export default function Blacked({ id, line, params }: CardProps) {
  const { t } = useWords();
  const { dated } = useDated();
  const noun = line === 'keeping.redacted' ? messageNoun.noun : line;
  const said = params['said'];
  const redacted = useLive(async ({ replica }) => (await replica.get<Redactable>(noun, id))?.redacted, [noun, id]);
  const nameOf = useNames();
  return (
    <>
      {redacted?.filter((one) => one.said === said).map(({ parts, reason, by: [first, second], at, disposal }) => (
        <p key={at} class="blacked">
          <b><Icon name="square" />{disposal ? t('keeping.gone') : t('keeping.blacked', { parts: parts.map((part) => t(`keeping.part.${part}`)).join(t('talk.and')) })}</b>
          <span>{disposal ? t('keeping.goneTerm', { n: reason }) : t('keeping.blackedWhy', { reason })}</span>
          <span class="sub">{t('keeping.blackedBy', { first: nameOf(first), second: nameOf(second), time: dated(at) })}</span>
        </p>
      ))}
      {noun !== messageNoun.noun && <Ask id={id} noun={noun} params={params} />}
    </>
  );
}

/** Beside a thing that still says something an administrator finds the way to ask. */
function Ask({ id, noun, params }: { id: string; noun: string; params: CardProps['params'] }) {
  const { t } = useWords();
  const { actor } = useStair();
  const [room, said, under] = ['room', 'said', 'under'].map((name) => (params[name] === undefined ? undefined : String(params[name])));
  const target: Target = { ...(room === undefined ? {} : { room }), thing: { noun, id, ...(said === undefined ? {} : { said }), ...(under === undefined ? {} : { under }) } };
  const known = useSaid(target);
  if (actor.role !== 'administrator' || !known || known.has.length === 0) return null;
  const query = new URLSearchParams({ noun, id, ...(room === undefined ? {} : { room }), ...(said === undefined ? {} : { said }), ...(under === undefined ? {} : { under }) });
  return <p class="ask-blacked"><a class="link" href={`/keeping?${query}`}><Icon name="square" />{t('keeping.redact')}</a></p>;
}
