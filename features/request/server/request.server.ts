import { organization, type Organization } from '@noroshi/features/directory';
import { incident as incidentNoun, type Incident } from '@noroshi/features/incident';
import { message as messageNoun, type Message } from '@noroshi/features/talk';
import { Shelf } from '@noroshi/foundations/documents/shelf';
import { words, type Words } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { member, workspaceStream, type Doc, type Member } from '@noroshi/foundations/sync';
import { refuse, type Stair, type WhoAsks } from '@noroshi/foundations/sync/server';
import type { FastifyInstance } from 'fastify';
import { request as requestNoun, type DispatchRequest } from '../dispatch-request.ts';

async function write(stair: Stair, doc: Doc<DispatchRequest>, report: Message | undefined, spoken: Words): Promise<Buffer> {
  const all = <T>(noun: string, stream: string): T[] => stair.memory.of(stream, noun).map((d) => d.value as T);
  // Read with the first document: a start has no use for it.
  const { requestDocument } = await import('./request-document.ts');
  return requestDocument({
    request: doc.value,
    incident: stair.memory.get(incidentNoun.noun, doc.value.incident)?.value as Incident | undefined,
    organizations: new Map(all<Organization>(organization.noun, 'w').map((o) => [o.id, o])),
    members: new Map(all<Member>(member.noun, doc.stream).map((m) => [m.person, m])),
    now: stair.now(),
    report,
  }, spoken);
}

/** `GET /documents/request/<id>.pdf?lang=ja|en`: the formal document, for those who may see the request. */
export function mountRequestDocuments(app: FastifyInstance, stair: Stair, whoAsks: WhoAsks): void {
  const shelf = new Shelf(stair);
  app.get<{ Params: { file: string }; Querystring: { lang?: string } }>('/documents/request/:file', async (asked, reply) => {
    reply.header('cache-control', 'private, no-store');
    const actor = (await whoAsks(asked))?.actor();
    if (!actor) return refuse(reply, { ok: false, code: 'account.signedOut' });
    const id = /^([0-9a-f-]{36})\.pdf$/.exec(asked.params.file)?.[1];
    const doc = id ? stair.see<DispatchRequest>(actor, requestNoun.noun, id) : undefined;
    if (!doc) return refuse(reply, { ok: false, code: 'request.notFound' });
    const language = asked.query.lang === 'en' ? 'en' : 'ja';
    const named = doc.value.details.damageReport;
    const told = named ? await stair.find<Message>(actor, messageNoun.noun, named) : undefined;
    const report = told?.stream === doc.stream ? told : undefined;
    // What it is called, and who they are who asked, stands in the workspace.
    const key = `${doc.id}/${doc.seq}/${report?.seq ?? 0}/${stair.memory.streams.get(workspaceStream)!.head}/${language}`;
    const spoken = language === 'en' ? words('en', english) : words('ja', japanese);
    // A paper lies in a folder under its name: there too it says that it is of a drill.
    const mark = doc.value.drill ? `【${spoken.t('home.drill')}】` : '';
    return shelf.hand(reply, { actor, key, name: `${mark}${doc.value.no}_第${doc.value.rev}報.pdf`, write: () => write(stair, doc, report?.value, spoken) });
  });
}
