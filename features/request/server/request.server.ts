import { organization, type Organization } from '@noroshi/features/directory';
import { incident as incidentNoun, type Incident } from '@noroshi/features/incident';
import { message as messageNoun, type Message } from '@noroshi/features/talk';
import type { FindDocument } from '@noroshi/foundations/documents/shelf';
import type { Words } from '@noroshi/foundations/i18n';
import { member, workspaceStream, type Doc, type Member } from '@noroshi/foundations/sync';
import type { Stair } from '@noroshi/foundations/sync/server';
import { request as requestNoun, type DispatchRequest } from '../dispatch-request.ts';
import { requestDocument } from './request-document.ts';

function write(stair: Stair, doc: Doc<DispatchRequest>, report: Message | undefined, words: Words): Promise<Buffer> {
  const all = <T>(noun: string, stream: string): T[] => stair.memory.of(stream, noun).map((d) => d.value as T);
  return requestDocument({
    request: doc.value,
    incident: stair.memory.get(incidentNoun.noun, doc.value.incident)?.value as Incident | undefined,
    organizations: new Map(all<Organization>(organization.noun, 'w').map((o) => [o.id, o])),
    members: new Map(all<Member>(member.noun, doc.stream).map((m) => [m.person, m])),
    now: stair.now(),
    report,
  }, words);
}

/** `<request>.pdf`: the formal document, for those who may see the request. */
export const requestPaper: FindDocument = async ({ stair, actor, file, words }) => {
  const id = /^([0-9a-f-]{36})\.pdf$/.exec(file)?.[1];
  const doc = id ? stair.see<DispatchRequest>(actor, requestNoun.noun, id) : undefined;
  if (!doc) return { ok: false, code: 'request.notFound' };
  const named = doc.value.details.damageReport;
  const told = named ? await stair.find<Message>(actor, messageNoun.noun, named) : undefined;
  const report = told?.stream === doc.stream ? told : undefined;
  // What it is called, and who they are who asked, stands in the workspace.
  const key = `${doc.id}/${doc.seq}/${report?.seq ?? 0}/${stair.memory.streams.get(workspaceStream)!.head}/${words.language}`;
  // A paper lies in a folder under its name: there too it says that it is of a drill.
  const mark = doc.value.drill ? words.t('app.drillMark') : '';
  return { key, name: `${mark}${doc.value.no}_第${doc.value.rev}報.pdf`, write: () => write(stair, doc, report?.value, words) };
};
