import { freshDatabase, type FreshDatabase } from '@noroshi/foundations/database/testing';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { Ajv2020 as Ajv } from 'ajv/dist/2020.js';
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
    expect(Object.keys(doc.paths).filter((path) => path.startsWith('/api/')).sort()).toEqual(named.map((name) => `/api/${name}`).sort());
    const say = doc.paths['/api/talk.say'].post;
    expect(say.requestBody.content['application/json'].schema.properties.input).toMatchObject({ type: 'object', required: expect.arrayContaining(['room']), additionalProperties: false });
    expect(doc.paths['/api/account.signIn'].post.security).toEqual([]);
    expect(say.security).toBeUndefined();
    // Every reference leads somewhere, and no operation is named twice.
    for (const [, where] of answer.body.matchAll(/"\$ref":"#\/([^"]+)"/g)) expect(where!.split('/').reduce((here, key) => here?.[key], doc), where).toBeDefined();
    const codes = doc.components.schemas.Refusal.properties.code.anyOf.map((one: { const: string }) => one.const);
    expect(codes).toEqual(Object.keys(japanese).filter((key) => key.startsWith('refusal.')).map((key) => key.slice(8)).sort());
  });

  it('is whole OpenAPI 3.1: each operation is named once and says what it asks, answers and refuses; each shape is a JSON Schema', async () => {
    const doc = (await app.inject('/api/openapi.json')).json();
    const verbs = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
    const found = Object.entries<any>(doc.paths).flatMap(([path, item]) => Object.entries<any>(item).filter(([verb]) => verbs.includes(verb)).map(([verb, operation]) => ({ path, verb, operation, item })));
    expect(found.length).toBeGreaterThan(70);
    expect(new Set(found.map(({ operation }) => operation.operationId)).size).toBe(found.length);
    const at = (ref: string): any => ref.slice(2).split('/').reduce((here, key) => here?.[key], doc);
    const whole = <T extends { $ref?: string }>(it: T): any => (it.$ref ? at(it.$ref) : it);
    for (const { path, verb, operation, item } of found) {
      const where = `${verb} ${path}`;
      expect(operation.operationId, where).toMatch(/^[\w.]+$/);
      expect(operation.summary.length, where).toBeGreaterThan(10);
      // What the path asks for is told, and nothing that it does not.
      const told = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
      expect(told.filter((one) => one.in === 'path').map((one) => one.name).sort(), where).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((one) => one[1]).sort());
      for (const one of told) expect([one.schema !== undefined, one.in !== 'path' || one.required === true], where).toEqual([true, true]);
      if (verb === 'get' || verb === 'head' || verb === 'delete') expect(operation.requestBody, where).toBeUndefined();
      else if (path !== '/files') expect(Object.keys(operation.requestBody.content), where).toHaveLength(1);
      const answers = Object.entries<any>(operation.responses).map(([status, answer]) => [status, whole(answer)] as const);
      expect(answers.some(([status]) => /^20[0146]$/.test(status)), where).toBe(true);
      for (const [status, answer] of answers) {
        expect(status, where).toMatch(/^[1-5]\d\d$/);
        expect(typeof answer.description, `${where} ${status}`).toBe('string');
        if (Number(status) < 400 || path === '/healthz') continue;
        const refusal = answer.content['application/json'].schema;
        expect(refusal.allOf[0].$ref, where).toBe('#/components/schemas/Refusal');
        expect(refusal.properties.code.enum.length, `${where} ${status}`).toBeGreaterThan(0);
      }
    }
    // Each code of a refusal stands under one status, and has a sentence.
    const codes = doc.components.schemas.Refusal.properties.code.anyOf as { const: string; description: string }[];
    expect(Object.values<any>(doc.components.responses).flatMap((answer) => answer.content['application/json'].schema.properties.code.enum).sort()).toEqual(codes.map((one) => one.const).sort());
    for (const one of codes) expect(one.description.length, one.const).toBeGreaterThan(5);
    // Ajv compiles only what is a JSON Schema of 2020-12, which OpenAPI 3.1 speaks, with all that it refers to.
    const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false, inlineRefs: false, formats: { uri: true, email: true, 'date-time': true } });
    ajv.addKeyword('components');
    ajv.addSchema({ $id: 'noroshi:api', components: doc.components }, 'noroshi:api', true, false);
    const here = (schema: unknown): object => JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"noroshi:api#/'));
    const bodies = found.flatMap(({ path, operation }) => [operation.requestBody, ...Object.values<any>(operation.responses).map(whole)]
      .flatMap((body) => Object.values<any>(body?.content ?? {})).flatMap((media) => (media.schema ? [[JSON.stringify(media.schema), path] as const] : [])));
    for (const [schema, path] of new Map(bodies)) expect(() => ajv.compile(here(JSON.parse(schema))), path).not.toThrow();
    const say = ajv.compile(here(doc.paths['/api/talk.say'].post.requestBody.content['application/json'].schema));
    const id = '0197a000-0000-7000-8000-000000000001';
    expect([say({ id, input: { room: id, text: 'あ' } }), say({ id, input: { room: id, text: 'あ', more: 1 } }), say({ input: {} })]).toEqual([true, false, false]);
  });

  it('can be read in both languages, without a script and without asking anyone else', async () => {
    for (const [lang, words] of [['ja', ['狼煙 API', '断りの符号', 'ログイン不要']], ['en', ['Noroshi API', 'Codes of refusals', 'without signing in']]] as const) {
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
