import { freshDatabase, type FreshDatabase } from '@noroshi/foundations/database/testing';
import { japanese } from '@noroshi/foundations/i18n/ja';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHouse, type OpenHouse } from '../open-house.ts';
import { createServer } from '../server.ts';

let database: FreshDatabase;
let house: OpenHouse;
let app: FastifyInstance;
beforeAll(async () => {
  database = await freshDatabase();
  house = await openHouse({ pool: database.pool, now: Date.now, failed: () => undefined });
  app = await createServer({ house, webFolder: undefined, logLevel: 'silent' });
});
afterAll(async () => {
  await app.close();
  await house.close();
  await database.close();
});

describe('the description of the API', () => {
  it('knows every deed but the clock’s, every question and every door, by the shapes that the server reads by', async () => {
    const answer = await app.inject('/api/openapi.json');
    expect(answer.statusCode).toBe(200);
    const doc = answer.json();
    expect(doc.openapi).toBe('3.1.0');
    const { deeds, questions, doors } = house.stair.house;
    const named = [...[...deeds.values()].filter((d) => !d.system).map((d) => d.deed), ...questions.keys(), ...doors.keys()];
    expect(Object.keys(doc.paths).sort()).toEqual([...named.map((name) => `/api/${name}`), '/healthz'].sort());
    const say = doc.paths['/api/talk.say'].post;
    expect(say.requestBody.content['application/json'].schema.properties.input).toMatchObject({ type: 'object', required: expect.arrayContaining(['room']), additionalProperties: false });
    expect(doc.paths['/api/account.signIn'].post.security).toEqual([]);
    expect(say.security).toBeUndefined();
    // Every reference leads somewhere, and no operation is named twice.
    for (const [, where] of answer.body.matchAll(/"\$ref":"#\/([^"]+)"/g)) expect(where!.split('/').reduce((here, key) => here?.[key], doc), where).toBeDefined();
    const operations = Object.values<any>(doc.paths).flatMap((path) => Object.values<any>(path)).map((operation) => operation.operationId);
    expect(new Set(operations).size).toBe(operations.length);
    for (const path of Object.values<any>(doc.paths)) for (const operation of Object.values<any>(path)) expect(operation.summary.length).toBeGreaterThan(10);
    const codes = doc.components.schemas.Refusal.properties.code.anyOf.map((one: { const: string }) => one.const);
    expect(codes).toEqual(Object.keys(japanese).filter((key) => key.startsWith('refusal.')).map((key) => key.slice(8)).sort());
  });

  it('can be read in both languages, without a script and without asking anyone else', async () => {
    for (const [lang, words] of [['ja', ['狼煙 API', '断りの符号', 'サインイン不要']], ['en', ['Noroshi API', 'Codes of refusals', 'without signing in']]] as const) {
      const page = await app.inject(`/api/docs?lang=${lang}`);
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(page.body).toContain(`<html lang="${lang}">`);
      for (const word of [...words, 'talk.say', 'account.acceptInvitation']) expect(page.body).toContain(word);
      expect(page.body).not.toMatch(/<script|(src|href)="(https?:|\/\/)|\sstyle=|\son\w+=/);
      for (const [, link] of page.body.matchAll(/href="#([^"]+)"/g)) expect(page.body).toContain(`id="${link}"`);
      for (const key of Object.keys(japanese).filter((k) => k.startsWith('api.'))) expect(page.body).not.toContain(`>${key}<`);
    }
    expect((await app.inject('/api/docs')).body).toContain('lang="ja"');
    expect((await app.inject({ url: '/api/docs', headers: { 'accept-language': 'en-GB,ja' } })).body).toContain('<html lang="en">');
    const style = await app.inject('/api/docs.css');
    expect(style.headers['content-type']).toContain('text/css');
    expect(style.body).not.toMatch(/url\(|@import/);
  });
});
