import { Loading, State } from '@noroshi/foundations/ui';
import { ask, useWords } from '@noroshi/foundations/web';
import { useEffect, useState } from 'preact/hooks';
import { reach } from '../reach.ts';
import './wake.css';

type Reached = Awaited<ReturnType<typeof askReach>>;
const askReach = (room: string) => ask(reach, { room });

/** Whom it wakes and how, and by name those whom nothing reaches. */
export default function WhomItWakes({ room, people }: { readonly room: string; readonly people: readonly { readonly person: string; readonly name: string }[] }) {
  const { t, refusal } = useWords();
  const [told, set] = useState<Reached>();
  useEffect(() => void askReach(room).then(set), [room]);
  if (!told) return <Loading>{t('wake.counting')}</Loading>;
  if (!told.ok) return <p class="sub">{t('wake.notCounted', { why: refusal(told.code, told.params) })}</p>;
  const { push, later, none } = told.value;
  const names = none.map((id) => people.find(({ person }) => person === id)?.name).filter((name) => name !== undefined);
  return (
    <div role="status" class="waking">
      <p><State kind="ok" icon="bell">{t('wake.byPush', { n: push })}</State></p>
      {later > 0 && <p><State kind="doing" icon="mail">{t('wake.byMail', { n: later })}</State></p>}
      {none.length > 0 && <><p><State kind="short">{t('wake.byNothing', { n: none.length })}</State></p><p class="sub">{names.join(t('talk.and'))}</p></>}
    </div>
  );
}
