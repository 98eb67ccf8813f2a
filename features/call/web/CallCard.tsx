import { listed } from '@noroshi/foundations/i18n';
import { memberId, type Member } from '@noroshi/foundations/sync';
import { Button, IconLine, Note } from '@noroshi/foundations/ui';
import { useLive, useWords, type CardProps } from '@noroshi/foundations/web';
import type { Key } from '@noroshi/foundations/i18n';
import { attended, call as callNoun, type Call } from '../call-noun.ts';
import './call.css';

/** A call in the talk: from when until when, and who was in it, from when until when. (CA3) */
export default function CallCard({ id, stream, line, params }: CardProps) {
  const words = useWords();
  const { t, time } = words;
  const held = useLive(async ({ replica }) => {
    const one = await replica.get<Call>(callNoun.noun, id);
    const people = one ? [...new Set([one.by, ...attended(one)])] : [];
    const names = new Map(await Promise.all(people.map(async (person) => [person, (await replica.get<Member>('member', memberId(stream, person)))?.card] as const)));
    return { one, names };
  }, [id, stream]);
  if (!held?.one) return <Note>{t(`note.${line}` as Key, params)}</Note>;
  const { one, names } = held;
  const nameOf = (person: string): string => {
    const card = names.get(person);
    return card ? t('call.nameOf', { name: card.name, org: card.orgName }) : '';
  };
  const title = t(one.kind === 'show' ? 'call.cardShow' : 'call.card', { from: time(one.at), until: one.ended === undefined ? '' : time(one.ended) });
  const span = ({ from, until, lost }: Call['visits'][number]): string => t(lost ? 'call.spanLost' : 'call.span', { from: time(from), until: until === undefined ? '' : time(until) });
  return (
    <article class="call-card">
      <IconLine icon="video"><b>{title}</b>　{t('call.people', { n: attended(one).length })}</IconLine>
      {one.ended === undefined && <Button kind="strong" wide href={`/call/${stream.slice(2)}`}>{t('call.goIn')}</Button>}
      {attended(one).length > 0 && (
        <details>
          <summary>{t('call.whoWasIn')}</summary>
          <ul>{attended(one).map((person) => <li key={person}>{nameOf(person)}<br /><span class="sub">{listed(one.visits.filter((visit) => visit.person === person).map(span), words)}</span></li>)}</ul>
        </details>
      )}
    </article>
  );
}
