import { nameIn, organization, person, post, type Organization, type Person, type Post } from '@noroshi/features/directory';
import { incident as incidentNoun, roleOf, type Incident } from '@noroshi/features/incident';
import { prepareWords } from '@noroshi/features/talk/web';
import type { Id } from '@noroshi/foundations/kernel';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { Bar, Button, CallButton, DrillFrame, DrillWord, EmptyNote, Loading, Page, PersonRow, SectionHead, State, Tag } from '@noroshi/foundations/ui';
import { useFrame, useLine, useLive, useNow, useRoute, useStair, useWords, WhenWhole, type PageProps } from '@noroshi/foundations/web';
import type { Contact } from '../contact.ts';
import { devicesSay, heardSays, hourSays, waitsSay } from './contact-says.ts';
import { useContact } from './use-contact.ts';
import './situation.css';

/** What a town's row is made of: its people, when each was last heard, on how many devices they are, and what waits for them. */
export default function TownPage({ params }: PageProps) {
  const { incident, org } = params;
  const words = useWords();
  const { t, language } = words;
  const frame = useFrame();
  const line = useLine();
  const now = useNow();
  const held = useLive((stair) => read(stair, incident!, org!), [incident, org]);
  const told = useContact(held?.incident.id, org);
  const town = told?.towns[0];
  const stair = useStair();
  const route = useRoute();
  // Where this town has its part: there its group hears it too.
  const room = held?.incident.closedAt === undefined ? held?.incident.roles.find(({ affected, primary, secondaries }) => [affected, primary, ...secondaries].includes(held.town.id))?.room : undefined;
  const page = (
    <Page
      skipLabel={frame.skipLabel}
      tabs={frame.tabs}
      head={<><Bar title={<>{held?.incident.drill && <DrillWord>{t('app.drillMark')}</DrillWord>}{held ? nameIn(held.town, language) : t('situation.title')}</>} subtitle={held?.incident.name} back={{ label: t('app.back'), href: `/situation/${incident}` }} />{!held?.incident.drill && frame.bands}</>}
    >
      {held === undefined && <Loading>{t('app.loading')}</Loading>}
      {held === null && <WhenWhole><EmptyNote>{t('situation.none')}</EmptyNote></WhenWhole>}
      {held && (
        <section>
          <SectionHead title={t('situation.people')} aside={told && t('situation.asOf', { time: hourSays(told.asOf, now, words) })} />
          <div class="form"><p><Tag>{t(`incident.part.${roleOf(held.incident, held.town.id)}`)}</Tag> {told && town ? words.beside([heardSays(town, now, words), devicesSay(town, told, words), waitsSay(town, words)]) : t(line.state === 'open' ? 'situation.asking' : 'situation.notAsked')}</p></div>
          {room && (
            <div class="form"><Button wide icon="talk" onClick={async () => {
              await prepareWords(stair, room, { text: t('situation.askWords', { town: held.town.name }), urgency: 'urgent', incident: held.incident.id, naming: [{ id: held.town.id, name: held.town.name }] });
              route.go(`/talk/${room}`);
            }}>{t('situation.askTown')}</Button><p class="sub">{t('situation.askTownSays')}</p></div>
          )}
          {told && !told.all && <p class="form sub">{t('situation.severalServers')}</p>}
          {told && <ul>{held.people.map((who) => <Someone key={who.id} who={who} town={held.town} told={told} now={now} title={held.titles.get(who.id)} />)}</ul>}
          {held.people.length === 0 && <EmptyNote>{t('situation.nobody')}</EmptyNote>}
        </section>
      )}
    </Page>
  );
  return held?.incident.drill ? <DrillFrame band={t('incident.drillBand')}>{page}</DrillFrame> : page;
}

/** One of its people. What waits opens where it was said. */
function Someone({ who, town, told, now, title }: { who: Person; town: Organization; told: Contact; now: number; title: string | undefined }) {
  const words = useWords();
  const { t } = words;
  const one = told.people?.find(({ person: id }) => id === who.id);
  const number = who.phones[0]?.number;
  const waits = one && words.beside([one.unread > 0 && t('situation.unreadMessages', { n: one.unread }), one.unanswered > 0 && t('situation.unansweredMessages', { n: one.unanswered })]);
  return (
    <PersonRow
      mark={town.short} name={who.name} post={title}
      note={one && <>
        {words.beside([heardSays(one, now, words), devicesSay(one, told, words)])}
        {waits && one.first ? <><br /><a class="link situation-waits" href={`/talk/${one.first.room}?m=${one.first.message}`}><State kind={one.unanswered > 0 ? 'urgent' : 'quiet'}>{waits}</State></a></> : <>{words.between}{t('situation.allRead')}</>}
      </>}
      end={number && <CallButton href={`tel:${number}`} label={t('talk.callWho', { name: who.name, number })} />}
    />
  );
}

async function read({ actor, replica }: LowerEnd, id: Id, org: Id): Promise<{ incident: Incident; town: Organization; people: readonly Person[]; titles: ReadonlyMap<Id, string> } | null> {
  const [mine, town, incident] = await Promise.all([replica.get<Organization>(organization.noun, actor.org), replica.get<Organization>(organization.noun, org), replica.get<Incident>(incidentNoun.noun, id)]);
  if (mine?.kind !== 'prefecture' || !town || !incident) return null;
  const [people, posts] = await Promise.all([replica.all<Person>(person.noun), replica.all<Post>(post.noun)]);
  const held = Map.groupBy(posts.map(({ value }) => value).filter(({ holder }) => holder !== undefined).toSorted((a, b) => a.rank - b.rank), ({ holder }) => holder!);
  const rank = (who: Person): number => held.get(who.id)?.[0]?.rank ?? 100;
  return {
    incident, town, titles: new Map([...held].map(([who, [first]]) => [who, first!.title])),
    people: people.map(({ value }) => value).filter((one) => one.org === org && !one.disabled).toSorted((a, b) => rank(a) - rank(b) || a.kana.localeCompare(b.kana, 'ja')),
  };
}
