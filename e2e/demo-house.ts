import { board, post } from '@noroshi/features/board';
import { appointment } from '@noroshi/features/calendar';
import { phoneCard } from '@noroshi/features/chase';
import { instruction } from '@noroshi/features/chronology';
import { contact } from '@noroshi/features/contacts';
import { incident, type Incident } from '@noroshi/features/incident';
import { imported } from '@noroshi/features/past';
import { request, type DispatchRequest } from '@noroshi/features/request';
import { placeStream, sheet, type Sheet } from '@noroshi/features/survey';
import { freshDatabase } from '@noroshi/foundations/database/testing';
import { roomStream, workspaceStream, type Doc } from '@noroshi/foundations/sync';
import { createServer, openHouse } from '@noroshi/server';
import { demoPart } from '@noroshi/server/demo';
import { demoHouse } from '@noroshi/server/features';
import { seedDemo } from '@noroshi/server/seed';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The demo as `npm run demo` starts it: Ehime, its people, and the flood of 2018 half played. */
export async function openDemo() {
  const database = await freshDatabase();
  const dataFolder = await mkdtemp(join(tmpdir(), 'noroshi-data-'));
  await seedDemo({ pool: database.pool, house: demoHouse, now: Date.now, dataFolder });
  const house = await openHouse({ pool: database.pool, now: Date.now, demo: demoPart, failed: (error, where) => console.error(where, error) });
  const app = await createServer({ house, dataFolder, webFolder: join(import.meta.dirname, '../apps/web/dist'), logLevel: 'warn' });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const { memory } = house.stair;
  const cast = { hanako: demoPart('hanako'), taro: demoPart('taro'), aoi: demoPart('aoi'), ken: demoPart('ken'), mika: demoPart('mika') };
  // Of drills and other disasters there may be more; Taro's is the one that goes on.
  const asked = [...memory.sight(cast.taro).keys()].flatMap((key) => memory.of(key, request.noun) as Doc<DispatchRequest>[]).findLast(({ value }) => !value.drill)!;
  const flood = memory.of(workspaceStream, incident.noun).find(({ id }) => id === asked.value.incident)!.id;
  const posted = [...memory.sight(cast.taro).keys()].flatMap((key) => memory.of(key, post.noun)).at(-1)!;
  const planned = [...memory.sight(cast.taro).keys()].flatMap((key) => memory.of(key, appointment.noun)).find(({ value }) => (value as { orgs?: unknown }).orgs)!;
  const surveyed = memory.of(placeStream(memory.member(asked.stream, cast.taro)!.card.org), sheet.noun)[0]!.value as Sheet;
  const named: Readonly<Record<string, string>> = {
    survey: surveyed.survey,
    drill: memory.of(workspaceStream, incident.noun).find(({ value }) => (value as Incident).drill)!.id, part: 'result',
    page: 'write', board: memory.of(posted.stream, board.noun)[0]!.id, notice: posted.id,
    room: asked.stream.slice(roomStream('').length), request: asked.id, incident: flood,
    past: memory.of(asked.stream, imported.noun)[0]!.id,
    entry: memory.of(workspaceStream, instruction.noun)[0]!.id,
    calendar: planned.stream.slice(roomStream('').length), appointment: planned.id,
    contact: memory.of(workspaceStream, contact.noun)[0]!.id, card: memory.of(asked.stream, phoneCard.noun)[0]!.id, person: cast.aoi, organization: memory.member(asked.stream, cast.taro)!.card.org, org: memory.member(asked.stream, cast.taro)!.card.org,
  };
  return {
    address, cast, house,
    /** A page's path on what the demo has in it: `/talk/:room` is the talk of the request. @throws where nothing of that name is known here */
    pathOf: (path: string): string => path.replaceAll(/:(\w+)/g, (_, name: string) => {
      if (!named[name]) throw new Error(`the demo names no ${name} for ${path}`);
      return named[name];
    }),
    async close(): Promise<void> {
      await app.close();
      await house.close();
      await database.close();
      await rm(dataFolder, { recursive: true });
    },
  };
}
