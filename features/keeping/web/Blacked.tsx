import { message as messageNoun, type Message } from '@noroshi/features/talk';
import { Icon } from '@noroshi/foundations/ui';
import { useLive, useWords, type CardProps } from '@noroshi/foundations/web';
import { useDated } from './use-dated.ts';
import { useNames } from './use-names.ts';
import './keeping.css';

/** 黒塗り: what stands where the words stood. Which, why, which two agreed, when. */
export default function Blacked({ id }: CardProps) {
  const { t } = useWords();
  const { dated } = useDated();
  const redacted = useLive(async ({ replica }) => (await replica.get<Message>(messageNoun.noun, id))?.redacted, [id]);
  const nameOf = useNames();
  return (
    <>
      {redacted?.map(({ parts, reason, by: [first, second], at, disposal }) => (
        <p key={at} class="blacked">
          <b><Icon name="square" />{disposal ? t('keeping.gone') : t('keeping.blacked', { parts: parts.map((part) => t(`keeping.part.${part}`)).join(t('talk.and')) })}</b>
          <span>{disposal ? t('keeping.goneTerm', { n: reason }) : t('keeping.blackedWhy', { reason })}</span>
          <span class="sub">{t('keeping.blackedBy', { first: nameOf(first), second: nameOf(second), time: dated(at) })}</span>
        </p>
      ))}
    </>
  );
}
