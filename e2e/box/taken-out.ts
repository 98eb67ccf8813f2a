import { exportRecord, recordExport, type RecordExport, type Selection } from '@noroshi/features/record';
import { verify, type CheckSignature, type Verdict } from '@noroshi/features/record/proof';
import { checkSignature, exportZip, sourceOf, zip, type ExportNeeds } from '@noroshi/features/record/taken-out';
import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { newId, type Actor } from '@noroshi/foundations/kernel';
import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzip } from '../../features/record/proof/unzip.ts';
import type { Manifest } from '../../features/record/proof/form.ts';

let count = 0;

/** Takes a part of the record out, as an administrator. @returns the file */
export async function taken(needs: ExportNeeds, actor: Actor, of: Selection, folder: string): Promise<string> {
  const id = newId(Date.now(), randomBytes(10));
  const answer = await needs.stair.submit(actor, { id, name: exportRecord.deed, input: of });
  if (!answer.ok) throw new Error(answer.code);
  const asked = needs.stair.see<RecordExport>(actor, recordExport.noun, id)!.value;
  const pieces: Uint8Array[] = [];
  for await (const piece of await exportZip(needs, actor, asked, words('ja', japanese))) pieces.push(piece);
  const file = join(folder, `${++count}.zip`);
  await writeFile(file, Buffer.concat(pieces));
  return file;
}

/** @param check `async () => undefined` as a browser that cannot */
export async function checks(file: string, kept?: string, check: CheckSignature = checkSignature): Promise<Verdict> {
  const source = await sourceOf(file);
  try {
    return await verify({ source, checkSignature: check, kept });
  } finally {
    await source.close();
  }
}

/** What a check found, and in which line. */
export const found = (verdict: Verdict): string[] => verdict.found.map(({ code, line }) => (line === undefined ? code : `${code} ${line}`));

export type Texts = Map<string, string>;
export async function read(file: string): Promise<Texts> {
  const source = await sourceOf(file);
  const texts: Texts = new Map();
  for (const [name, entry] of await unzip(source)) {
    const pieces: Uint8Array[] = [];
    for await (const piece of entry.read()) pieces.push(piece);
    texts.set(name, Buffer.concat(pieces).toString());
  }
  await source.close();
  return texts;
}

/** Packs it anew, with something changed. */
export async function forged(file: string, change: (texts: Texts) => void): Promise<string> {
  const texts = await read(file);
  change(texts);
  const pieces: Uint8Array[] = [];
  for await (const piece of zip((async function* () { for (const [name, text] of texts) yield { name, data: [Buffer.from(text)] }; })(), new Date())) pieces.push(piece);
  const other = file.replace(/\.zip$/, `-forged-${++count}.zip`);
  await writeFile(other, Buffer.concat(pieces));
  return other;
}

/** Changes the lines of a part, events.jsonl unless another is named. */
export const lines = (texts: Texts, change: (lines: string[]) => string[], name = 'events.jsonl'): void => void texts.set(name, change(texts.get(name)!.split('\n').slice(0, -1)).map((one) => `${one}\n`).join(''));

/** A forger who knows the form writes the manifest's hashes anew as well; only the key is not theirs. */
export function covers(texts: Texts): void {
  const manifest = JSON.parse(texts.get('manifest.json')!) as Manifest;
  const files = Object.fromEntries(Object.keys(manifest.files).map((name) => [name, { size: Buffer.byteLength(texts.get(name)!), sha256: createHash('sha256').update(texts.get(name)!).digest('hex') }]));
  texts.set('manifest.json', `${JSON.stringify({ ...manifest, files }, null, 1)}\n`);
}
