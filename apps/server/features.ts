import { demo } from '@noroshi/features/account';
import { checkImport, exportPeople } from '@noroshi/features/directory';
import { answerCheckImport, answerExport } from '@noroshi/features/directory/server';
import { find } from '@noroshi/features/search';
import { answerFind } from '@noroshi/features/search/server';
import { checkSetup } from '@noroshi/features/setup';
import { answerCheckSetup } from '@noroshi/features/setup/server';
import { contact } from '@noroshi/features/situation';
import { answerContact } from '@noroshi/features/situation/server';
import { earlierWords, readers, stillAsked, unread } from '@noroshi/features/talk';
import { answerEarlierWords, answerReaders, answerStillAsked, answerUnread } from '@noroshi/features/talk/server';
import { assemble } from '@noroshi/foundations/sync';
import type { AnswerTo } from '@noroshi/foundations/sync/server';
import { features, house } from '../house.ts';

export { house };

/** The house as the demo: its door lets one choose who to be. */
export const demoHouse = assemble([...features, demo]);

/** How questions are answered. */
export const answers: ReadonlyMap<string, AnswerTo<any, any>> = new Map<string, AnswerTo<any, any>>([
  [find.question, answerFind],
  [readers.question, answerReaders],
  [unread.question, answerUnread],
  [stillAsked.question, answerStillAsked],
  [earlierWords.question, answerEarlierWords],
  [checkImport.question, answerCheckImport],
  [exportPeople.question, answerExport],
  [checkSetup.question, answerCheckSetup],
  [contact.question, answerContact],
]);
