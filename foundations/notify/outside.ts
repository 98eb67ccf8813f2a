import type { Words } from '@noroshi/foundations/i18n';
import type { Letter } from './letter.ts';

/** What mail, SMS and voice say. Others can read along there: it says that something waits and where to look, and no word of it. */
export function outside({ urgent, drill, link }: Letter, { t }: Words): { readonly subject: string; readonly text: string; readonly spoken: string } {
  const mark = drill ? t('outside.drill') : '';
  const subject = `${mark}${t(urgent ? 'outside.urgent' : 'outside.plain')}`;
  return { subject, text: `${subject}\n${link}`, spoken: `${drill ? t('outside.spokenDrill') : ''}${t(urgent ? 'outside.spokenUrgent' : 'outside.spoken')}` };
}
