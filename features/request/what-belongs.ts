import { refused, allowed, type Id, type Verdict } from '@noroshi/foundations/kernel';
import { awaitsFiles, withdrawsFiles } from '@noroshi/foundations/files';
import type { Effect, Happens, Ref } from '@noroshi/foundations/sync';
import { theMessage, type Message } from '@noroshi/features/talk';
import type { Details } from './content.ts';

/** The message that a request names as its report of the damage, where it names one. */
export const needsReport = (details: Details | undefined): { report: Ref<Message> } =>
  (details?.damageReport ? { report: theMessage(details.damageReport) } : {}) as { report: Ref<Message> };

/** A report is a person's words in this room that still stand. One that was named before is not asked for again. */
export function checkReport(before: Details | undefined, after: Details, report: Message | undefined): Verdict {
  if (!after.damageReport || after.damageReport === before?.damageReport) return allowed;
  return report && !report.note && !report.withdrawn ? allowed : refused('request.reportNotHere');
}

/** Files that are new are awaited from whoever names them; those that were taken out cannot be fetched any more. */
export function filesBetween(request: Id, before: Details | undefined, after: Details, more: Omit<Happens, 'kind' | 'body'>): Effect[] {
  const without = (all: Details['files'], those: Details['files']) => (all ?? []).filter(({ file }) => !those?.some((other) => other.file === file));
  return [...awaitsFiles(request, without(after.files, before?.files), more), ...withdrawsFiles(request, without(before?.files, after.files), more)];
}
