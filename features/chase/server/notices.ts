import type { Told as AskedTold } from '@noroshi/foundations/asked';
import { words, type Language, type Words } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { derivedId, type Id } from '@noroshi/foundations/kernel';
import type { Channel, Notice } from '@noroshi/foundations/notify';

/** What a notice is about. */
export interface About {
  readonly tells: AskedTold;
  readonly thing: Id;
  readonly room: string;
  /** Who asks, with their organization. */
  readonly from: string;
  readonly urgent: boolean;
}

const spoken: Readonly<Record<Language, Words>> = { ja: words('ja', japanese), en: words('en', english) };
/** What a telephone shows of the words. */
const most = 120;

/**
 * The notice to one person. Where the words are not sealed on the way, the teller leaves them out.
 * @param id names it: the same is sent once
 */
export function noticeOf({ tells, thing, room, from, urgent }: About, person: Id, channel: Channel, id: Id, language: Language): Notice {
  const { t } = spoken[language];
  const line = tells.line(spoken[language]);
  return {
    id, person, channel, urgent, drill: tells.drill, path: tells.path,
    // As where the same words were told of first: one takes the place of the other on a screen.
    tag: `${tells.path.split('?')[0]}/${thing}`,
    title: t(urgent ? 'notice.chase.urgent' : 'notice.chase.unread', { room }),
    body: t('notice.chase.says', { from, line: line.length > most ? `${line.slice(0, most - 1)}…` : line }),
  };
}

/** The notice to a colleague who is asked to ring someone. */
export function cardNotice(card: Id, caller: Id, whom: string, drill: boolean, language: Language): Notice {
  const { t } = spoken[language];
  return {
    id: derivedId(card, `dealt/${caller}`), person: caller, channel: 'push', urgent: true, drill, path: `/chase/${card}`, tag: `card/${card}`,
    title: t('notice.chase.card'), body: t('notice.chase.cardSays', { whom }),
  };
}
