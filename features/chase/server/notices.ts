import type { Told as AskedTold } from '@noroshi/foundations/asked';
import { words, type Language, type Words } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { derivedId, type Id } from '@noroshi/foundations/kernel';
import type { Channel, Notice } from '@noroshi/foundations/notify';
import type { MemberCard } from '@noroshi/foundations/sync';

/** What a notice is about. */
export interface About {
  readonly tells: AskedTold;
  readonly thing: Id;
  readonly room: string;
  /** Who asks. */
  readonly by: MemberCard | undefined;
  readonly urgent: boolean;
  /** Of a drill that was announced. */
  readonly gentle: boolean;
}

const spoken: Readonly<Record<Language, Words>> = { ja: words('ja', japanese), en: words('en', english) };
/** What a telephone shows of the words. */
const most = 120;

/**
 * The notice to one person. Where the words are not sealed on the way, the teller leaves them out.
 * @param id names it: the same is sent once
 */
export function noticeOf({ tells, thing, room, by, urgent, gentle }: About, person: Id, channel: Channel, id: Id, language: Language): Notice {
  const { t } = spoken[language];
  const whole = tells.line(spoken[language]);
  const line = whole.length > most ? `${whole.slice(0, most - 1)}…` : whole;
  return {
    id, person, channel, urgent, gentle, drill: tells.drill, path: tells.path,
    // As where the same words were told of first: one takes the place of the other on a screen.
    tag: `${tells.path.split('?')[0]}/${thing}`,
    // In the words of a push for what was said: whichever of the two goes out first stands on the screen.
    title: `${tells.drill ? t('push.drill') : ''}${t(urgent ? 'notice.chase.urgent' : 'notice.chase.unread', { room })}`,
    body: by ? t('push.says', { name: by.name, org: by.orgName, words: line }) : line,
    ...(tells.acts ? { acts: tells.acts(spoken[language]) } : {}),
  };
}

/** The notice to a colleague who is asked to ring someone. @param deal names the time of asking: the same is told once */
export function cardNotice(card: Id, deal: Id, caller: Id, whom: string, { drill, gentle, standIn }: { readonly drill: boolean; readonly gentle: boolean; /** Who is rung in their place: they are away. */ readonly standIn?: string | undefined }, language: Language): Notice {
  const { t } = spoken[language];
  return {
    id: derivedId(deal, `dealt/${caller}`), person: caller, channel: 'push', urgent: true, gentle, drill, path: `/chase/${card}`, tag: `card/${card}`,
    title: `${drill ? t('push.drill') : ''}${t('notice.chase.card')}`, body: t('notice.chase.cardSays', { whom: standIn ? t('notice.chase.standIn', { whom, standIn }) : whom }),
  };
}
