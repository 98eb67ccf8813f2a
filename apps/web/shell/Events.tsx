import { message, type Message } from '@noroshi/features/talk';
import { oneLine, ofEach, rooms } from '@noroshi/features/talk/web';
import { mapped } from '@noroshi/foundations/sync/web';
import { EmptyNote, SectionHead } from '@noroshi/foundations/ui';
import { roomStream } from '@noroshi/foundations/sync';
import { useStair, useWatched, useWords } from '@noroshi/foundations/web';
import './events.css';

const shown = 8;
/** Of each room so much is looked through. Who wants more opens the talk. */
const looked = 60;

/** What the hotline itself told of late, in all rooms: on the desk, where there is room for it. */
export function Events() {
  const words = useWords();
  const { t, time, moment, dayNumber } = words;
  const stair = useStair();
  const notes = useWatched((end) => mapped(
    ofEach(end, rooms(end), 'home/events', async (room) => (await end.replica.newest<Message>(message.noun, roomStream(room.id), looked)).flatMap(({ value }) => (value.note ? [{ room, value }] : []))),
    (found) => found.flat().toSorted((a, b) => b.value.at - a.value.at).slice(0, shown),
  ));
  if (!notes) return null;
  const today = dayNumber(stair.now());
  return (
    <section>
      <SectionHead title={t('home.events')} />
      {notes.length === 0 ? <EmptyNote>{t('home.noEvents')}</EmptyNote> : (
        <ul class="events">{notes.map(({ room, value }) => (
          <li key={value.id}>
            <a href={`/talk/${room.id}?m=${value.id}`}>
              <time>{dayNumber(value.at) === today ? time(value.at) : moment(value.at)}</time>
              <span class="grow">{value.drill && !value.note?.line.startsWith('incident.drill') && <b class="drill-word">{t('home.drill')} </b>}{oneLine(value, words)}</span>
              <span class="sub">{room.name}</span>
            </a>
          </li>
        ))}</ul>
      )}
    </section>
  );
}
