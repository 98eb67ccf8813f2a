import { demo } from '@noroshi/features/account';
import { checkForm, formAsFile } from '@noroshi/features/damage';
import { checkImport, exportPeople } from '@noroshi/features/directory';
import { scenarios, score } from '@noroshi/features/drill';
import { findAudit, kept, redactions, saidThere } from '@noroshi/features/keeping';
import { heldPartners, partners } from '@noroshi/features/federation';
import { keysHere, readPage } from '@noroshi/features/past';
import { find } from '@noroshi/features/search';
import { answerFind } from '@noroshi/features/search/server';
import { checkSetup } from '@noroshi/features/setup';
import { contact } from '@noroshi/features/situation';
import { sums } from '@noroshi/features/survey';
import { earlierWords, readers, stillAsked, unread } from '@noroshi/features/talk';
import { assemble } from '@noroshi/foundations/sync';
import type { AnswerTo } from '@noroshi/foundations/sync/server';
import { features, house } from '../house.ts';

export { house };

/** The house as the demo: its door lets one choose who to be. */
export const demoHouse = assemble([...features, demo]);

/** How a question is answered is read with the first of its room: a start has no use for it. */
const later = (load: () => Promise<AnswerTo<any, any>>): AnswerTo<any, any> => async (asking, input) => (await load())(asking, input);

const talkServer = () => import('@noroshi/features/talk/server');
const directoryServer = () => import('@noroshi/features/directory/server');

/** What of the rooms lies in tables alone and can be due. */
export const dueApart = async () => [(await import('@noroshi/features/past/due')).linesDue];

/** How questions are answered. */
export const answers: ReadonlyMap<string, AnswerTo<any, any>> = new Map<string, AnswerTo<any, any>>([
  // Its index follows the log from the start.
  [find.question, answerFind],
  [readers.question, later(async () => (await talkServer()).answerReaders)],
  [unread.question, later(async () => (await talkServer()).answerUnread)],
  [stillAsked.question, later(async () => (await talkServer()).answerStillAsked)],
  [earlierWords.question, later(async () => (await talkServer()).answerEarlierWords)],
  [checkImport.question, later(async () => (await directoryServer()).answerCheckImport)],
  [exportPeople.question, later(async () => (await directoryServer()).answerExport)],
  [checkSetup.question, later(async () => (await import('@noroshi/features/setup/server')).answerCheckSetup)],
  [findAudit.question, later(async () => (await import('@noroshi/features/keeping/answers')).answerAudit)],
  [kept.question, later(async () => (await import('@noroshi/features/keeping/answers')).answerKeptBy(await dueApart()))],
  [saidThere.question, later(async () => (await import('@noroshi/features/keeping/answers')).answerSaid)],
  [redactions.question, later(async () => (await import('@noroshi/features/keeping/answers')).answerRedactions)],
  [score.question, later(async () => (await import('@noroshi/features/drill/server')).answerScoreBy((await import('../measured.ts')).measured))],
  [scenarios.question, later(async () => (await import('@noroshi/features/drill/server')).answerScenarios)],
  [checkForm.question, later(async () => (await import('@noroshi/features/damage/answers')).answerCheckForm)],
  [formAsFile.question, later(async () => (await import('@noroshi/features/damage/answers')).answerFormAsFile)],
  [partners.question, later(async () => (await import('@noroshi/features/federation/answers')).answerPartners)],
  [heldPartners.question, later(async () => (await import('@noroshi/features/federation/answers')).answerHeld)],
  [sums.question, later(async () => (await import('@noroshi/features/survey/answers')).answerSums)],
  [readPage.question, later(async () => (await import('@noroshi/features/past/server')).answerRead)],
  [keysHere.question, later(async () => (await import('@noroshi/features/past/server')).answerKeys)],
  [contact.question, later(async () => (await import('@noroshi/features/situation/server')).answerContact)],
]);
