/** The half of surveys on the server. What anonymous ones need is read when the first of them is answered: a start has no use for it. */
import type { Visit } from '@noroshi/features/account/server';
import type { Language } from '@noroshi/features/account';
import { words } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';
import { dictionaries } from '@noroshi/foundations/notify/server';
import { asRefusal, Buckets, ComeBackLater, refuse, type AtDoor, type Stair } from '@noroshi/foundations/sync/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { organization } from '@noroshi/features/directory';
import type { Behind } from '@noroshi/foundations/redacts';
import { workspaceStream } from '@noroshi/foundations/sync';
import { castBallot, signBallot, wantBox } from '../ballot.ts';
import { boxSealed, isEmptied, overSince, placeStream, settles, sheet as sheetNoun, type Sheet } from '../sheet.ts';
import type { Values } from '../form.ts';
import type { Boxes } from './boxes.server.ts';

interface On { readonly place: Id; readonly sheet: Id }

/** Who answers at the doors of surveys. */
export function surveyKeepers(stair: Stair): [string, AtDoor<Visit>][] {
  let made: Promise<Boxes> | undefined;
  const boxes = (): Promise<Boxes> => (made ??= import('./boxes.server.ts').then((all) => new all.Boxes(stair)));
  return [
    [wantBox.door, async ({ actor }, on: On) => (await boxes()).want(actor!.person, on)],
    [signBallot.door, async ({ actor }, on: On) => (await boxes()).sign(actor!.person, on)],
    // Whoever is signed in as well is not looked at.
    [castBallot.door, async ({ address }, cast: { sheet: Id; token: string; signature: string; values: Values }) => (await boxes()).cast(address, cast)],
  ];
}

/**
 * What goes behind what was said, now or after a stop: the secret keys of boxes that are over, and what lies in those whose answers two people have taken
 * out. The roof has it done with all else that goes so. (V30, V36)
 */
export function boxesGo({ memory, pool, now }: Stair): Behind {
  const sheets = (): Sheet[] => memory.of(workspaceStream, organization.noun).flatMap(({ id }) => memory.of(placeStream(id), sheetNoun.noun).map(({ value }) => value as Sheet)).filter(({ anonymous }) => anonymous);
  // Those that were over before there was a time for it are sealed as well.
  const over = (one: Sheet): boolean => one.sealed === true || now() >= overSince(one) + settles;
  return {
    follows: ({ kind }) => kind === boxSealed.kind,
    waits: () => sheets().some((one) => over(one) || isEmptied(one)),
    async go() {
      const all = sheets();
      if (all.length === 0) return;
      const { emptyBoxes, sealBoxes } = await import('./box.store.ts');
      await sealBoxes(pool, all.filter(over).map(({ id }) => id));
      await emptyBoxes(pool, all.filter(isEmptied).map(({ id }) => id));
    },
  };
}

const wordsIn = (language: Language) => words(language, dictionaries[language]);

/**
 * `GET` and `POST /s/<secret>`: the page by which people outside answer. The secret is the only key: no session, no cookie, and no line in the
 * log that would tell it. Wrong, ended, answered, over: all of it is the same 404. (V34)
 */
export async function mountLinks(app: FastifyInstance, stair: Stair): Promise<void> {
  const misses = new Buckets<string>({ burst: 20, perSecond: 0.2 }, stair.now);
  const asks = new Buckets<string>({ burst: 60, perSecond: 1 }, stair.now);
  const load = async () => {
    const [{ Links }, page] = await Promise.all([import('./links.server.ts'), import('./link-page.server.ts')]);
    return { links: new Links({ stair, words: wordsIn }), ...page };
  };
  let made: ReturnType<typeof load> | undefined;
  const answer = async (request: FastifyRequest<{ Params: { secret: string } }>, reply: FastifyReply, fields?: URLSearchParams) => {
    const secret = /^[0-9a-f]{48}$/.exec(request.params.secret)?.[0];
    const wait = misses.owes(request.ip) || (secret ? asks.take(secret) : 0);
    if (wait > 0) return refuse(reply, asRefusal(new ComeBackLater('busy', wait)));
    const { links, nothingPage, pagePolicy } = await (made ??= load());
    const language: Language = (fields?.get('lang') ?? request.headers['accept-language'] ?? 'ja').toLowerCase().startsWith('en') ? 'en' : 'ja';
    const shown = secret && (await (fields ? links.take(secret, fields, language) : links.open(secret, language)));
    reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex').header('content-security-policy', pagePolicy).header('content-type', 'text/html; charset=utf-8');
    if (shown) return reply.send(shown);
    misses.spend(request.ip);
    return reply.code(404).send(nothingPage(wordsIn(language), language));
  };
  // What a form sends is understood here alone.
  await app.register(async (here) => {
    here.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 256 * 1_024 }, (_request, body, done) => done(null, new URLSearchParams(String(body))));
    here.get<{ Params: { secret: string } }>('/s/:secret', { logLevel: 'silent' }, (request, reply) => answer(request, reply));
    here.post<{ Params: { secret: string } }>('/s/:secret', { logLevel: 'silent' }, (request, reply) => answer(request, reply, request.body instanceof URLSearchParams ? request.body : new URLSearchParams()));
  });
}
