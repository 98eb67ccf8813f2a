import { says, verify } from '@noroshi/features/record/proof';
import { checkSignature, sourceOf } from '@noroshi/features/record/taken-out';
import { words } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { readFile } from 'node:fs/promises';

// `npx noroshi verify FILE`, with --checkpoints FILE where some were kept in another place. Ends with 0 where all is proven, with 1
// where something is not as it was recorded, and with 2 where there was nothing to check.

const tongues = [words('ja', japanese), words('en', english)];
const tell = (say: (words: (typeof tongues)[number]) => string): void => console.log(tongues.map(say).join('\n\n'));

const args = process.argv.slice(2);
const at = args.indexOf('--checkpoints');
const keptFile = at < 0 ? undefined : args.splice(at, 2)[1];
const [name, ...more] = args;

if (name === undefined || more.length > 0 || (at >= 0 && keptFile === undefined)) {
  tell(({ t }) => t('record.cli.usage'));
  process.exit(2);
}
try {
  const kept = keptFile === undefined ? undefined : await readFile(keptFile, 'utf8');
  const source = await sourceOf(name);
  const verdict = await verify({ source, checkSignature, kept });
  await source.close();
  tell((tongue) => {
    const { t } = tongue;
    const { title, head, found, proven, open } = says(verdict, tongue);
    const list = (name: string, lines: readonly string[]): string => (lines.length === 0 ? '' : `\n\n${name}\n${lines.map((line) => `  - ${line}`).join('\n')}`);
    return `${title}${list(head, found)}${list(t('record.cli.proven'), proven)}${list(t('record.cli.open'), open)}`;
  });
  process.exitCode = verdict.proven ? 0 : 1;
} catch (error) {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code !== 'ENOENT' && code !== 'EACCES' && code !== 'EISDIR') throw error;
  tell(({ t }) => t('record.cli.noFile', { name: path ?? name }));
  process.exitCode = 2;
}
