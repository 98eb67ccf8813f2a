import { person, type Person } from '@noroshi/features/directory';
import { topicAt, type Topic } from '@noroshi/foundations/help';
import { words, type Dictionary, type Language } from '@noroshi/foundations/i18n';
import { Button, CallButton, GroupHead, Icon, IconLine, PersonRow, RoomRow, SectionHead, Sheet } from '@noroshi/foundations/ui';
import { match, useLive, useLoaded, useRoute, useRooms, useWords, WordsContext } from '@noroshi/foundations/web';
import { useEffect, useRef, useState } from 'preact/hooks';
import { explained } from '../../help.ts';
import { allSentences, gather, type Piece } from '../sentences.ts';
import { useMe } from '../me-context.ts';
import { explainedTo } from './explained-to.ts';

/** The explanations come in a part of their own; their pictures speak with the words of the screens. */
const load: Readonly<Record<Language, () => Promise<{ default: Dictionary }>>> = {
  ja: () => explaining('ja', import('virtual:sentences/ja/help')),
  en: () => explaining('en', import('virtual:sentences/en/help')),
};
async function explaining(language: Language, explanations: Promise<Piece>): Promise<{ default: Dictionary }> {
  const [screens, told] = await Promise.all([allSentences(language), explanations.then(gather)]);
  return { default: { ...screens, ...told } };
}

/** What explains the screen one is on, over it: what is being written there stays. (F2) */
export function HelpSheet({ onClose }: { onClose: () => void }) {
  const { language } = useWords();
  const sentences = useLoaded(load[language]);
  return sentences ? <WordsContext.Provider value={words(language, sentences)}><Explained onClose={onClose} /></WordsContext.Provider> : null;
}

function Explained({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const { path } = useRoute();
  const { me } = useMe();
  const rooms = useRooms();
  const groups = explainedTo(explained, me.role, rooms);
  const [topic, show] = useState<Topic | undefined>(() => topicAt(explained.flatMap(({ topics }) => topics), path, match));
  // Somewhere else it would explain what is not there.
  const at = useRef(path);
  useEffect(() => { if (path !== at.current) onClose(); }, [path]);
  // Whoever listens hears what is explained now, from its beginning.
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) {
      const sheet = document.querySelector('dialog.sheet[open]');
      sheet?.querySelector('.scroll')?.scrollTo(0, 0);
      sheet?.querySelector('h2')?.focus();
    }
    first.current = false;
  }, [topic]);
  return (
    <Sheet title={topic ? t(topic.title) : t('help.all')} closeLabel={t('app.close')} onClose={onClose}>
      {topic
        ? <div class="help-told">
            <OneTopic topic={topic} />
            <WhomToAsk />
            <section class="help-more">
              <Button wide icon="doc" onClick={() => show(undefined)}>{t('help.others')}</Button>
              <Button wide icon="flag" href="/welcome" onClick={onClose}>{t('welcome.title')}</Button>
            </section>
          </div>
        : groups.map(({ under, topics }) => (
            <section key={under}>
              <GroupHead>{t(under)}</GroupHead>
              {topics.map((one) => <RoomRow key={one.says} mark={<Icon name="help" />} name={t(one.title)} end={<Icon name="next" />} onClick={() => show(one)} />)}
            </section>
          ))}
    </Sheet>
  );
}

function OneTopic({ topic }: { topic: Topic }) {
  const { t } = useWords();
  return (
    <>
      <p><b>{t(topic.says)}</b></p>
      <topic.picture />
      <ol class="help-steps">{topic.steps.map((step, i) => <li key={step}><span class="help-no" aria-hidden="true">{i + 1}</span><span>{t(step)}</span></li>)}</ol>
      <IconLine icon="off">{t(`help.offline.${topic.offline}`)}</IconLine>
    </>
  );
}

/** Who tends one's organization, or else the house; to a guest, no directory is open. */
function WhomToAsk() {
  const { t } = useWords();
  const { me } = useMe();
  const people = useLive(async (stair) => {
    const tending = (await stair.replica.all<Person>(person.noun)).map(({ value }) => value).filter(({ id, role, disabled }) => !disabled && id !== me.person && (role === 'administrator' || role === 'manager'));
    const near = tending.filter(({ org }) => org === me.org);
    return (near.length > 0 ? near : tending.filter(({ role }) => role === 'administrator')).slice(0, 3);
  }, [me]);
  // Whoever tends the house alone has nobody to be sent to.
  if (!people || (people.length === 0 && me.role === 'administrator')) return null;
  return (
    <section class="help-more">
      <SectionHead title={t('help.ask')} level={3} />
      {people.length === 0 && <p>{t(me.role === 'guest' ? 'help.askGuest' : 'help.askNobody')}</p>}
      {people.length > 0 && <ul>{people.map(({ id, name, phones }) => {
        const number = (phones.find((phone) => !phone.priority) ?? phones[0])?.number;
        return <PersonRow key={id} mark={<Icon name="people" />} name={name} note={number} end={number && <CallButton href={`tel:${number}`} label={t('talk.callWho', { name, number })} />} />;
      })}</ul>}
    </section>
  );
}
