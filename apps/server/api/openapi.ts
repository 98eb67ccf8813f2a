import { english } from '@noroshi/foundations/i18n/en';
import type { Deed, Door, House, Question } from '@noroshi/foundations/sync';
import { statusOf } from '@noroshi/foundations/sync/server';
import * as z from 'zod/mini';
import { otherPaths } from './other-paths.ts';

/** A JSON Schema, as far as this page looks into it. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema | boolean;
  readonly prefixItems?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly minItems?: number;
  readonly additionalProperties?: Schema | boolean;
}

/** The shape of what is sent or answered, as JSON Schema (2020-12, which OpenAPI 3.1 speaks). */
export function schemaOf(shape: z.ZodMiniType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: 'any' }) as Record<string, unknown>;
  return schema as Schema;
}

/** Everything that can be asked of a house by name, in the order of the names. */
export function calls(house: House): { name: string; kind: 'deed' | 'question' | 'door'; about: string; signedIn: boolean; of: Deed | Question | Door }[] {
  return [
    ...[...house.deeds.values()].filter((deed) => !deed.system).map((of) => ({ name: of.deed, kind: 'deed' as const, about: of.about, signedIn: true, of })),
    ...[...house.questions.values()].map((of) => ({ name: of.question, kind: 'question' as const, about: of.about, signedIn: true, of })),
    ...[...house.doors.values()].map((of) => ({ name: of.door, kind: 'door' as const, about: of.about, signedIn: of.signedIn, of })),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Codes of refusals, each with its English sentence and the HTTP status it comes with. */
export function refusals(): { code: string; sentence: string; status: number }[] {
  return Object.entries(english).filter(([key]) => key.startsWith('refusal.')).map(([key, sentence]) => {
    const code = key.slice('refusal.'.length);
    return { code, sentence, status: statusOf({ ok: false, code }) };
  }).sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** What a status means here. Every refusal has one of them. */
const meanings: Readonly<Record<number, string>> = {
  400: 'The input is not in its form.',
  401: 'Nobody is signed in.',
  403: 'The asker may not, or the request came from another site.',
  404: 'There is no such thing, or the asker may not see it: the same answer.',
  409: 'It cannot be done as things are.',
  413: 'It is larger than what is taken.',
  415: 'It is not JSON.',
  429: 'Too much at once. The same may come again after Retry-After seconds.',
  503: 'Nothing was decided. The same may come again after Retry-After seconds.',
};

const id = { type: 'string', pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' };
const json = (schema: unknown): object => ({ content: { 'application/json': { schema } } });

/**
 * The description of the API in OpenAPI 3.1, made from the shapes by which the server itself reads.
 * @param address where this house is opened
 */
export function openapi(house: House, address: string): object {
  const refused = (...statuses: number[]): Record<string, object> => Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/${status}` }]));
  const paths: Record<string, object> = {};
  for (const { name, kind, about, signedIn, of } of calls(house)) {
    const input = schemaOf(of.input, 'input');
    paths[`/api/${name}`] = {
      post: {
        operationId: name,
        summary: about,
        tags: [name.split('.')[0]],
        ...(signedIn ? {} : { security: [] }),
        requestBody: {
          required: true,
          ...json(kind !== 'deed' ? input : {
            type: 'object', required: ['id', 'input'],
            properties: { id: { $ref: '#/components/schemas/CommandId' }, input, deviceAt: { type: 'integer', description: 'The device\'s clock, in milliseconds since 1970. Kept beside the server\'s; never trusted.' } },
          }),
        },
        responses: {
          200: { description: kind === 'deed' ? 'It is done.' : 'The answer.', ...json(kind === 'deed' ? { $ref: '#/components/schemas/Done' } : schemaOf((of as Question).output, 'output')) },
          ...refused(400, ...(signedIn ? [401] : []), 403, 404, 409, 413, 415, 429, 503),
        },
      },
    };
  }
  Object.assign(paths, otherPaths(refused));
  paths['/healthz'] = { get: { operationId: 'healthz', summary: 'Whether the server and its database are well.', security: [], responses: { 200: { description: 'They are.' }, 503: { description: 'The database does not answer.' } } } };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Noroshi', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: 'Commands, questions and doors of this house. A command carries an id that its sender makes (UUIDv7); sent again with the same id, it gets its first answer. Sign in with account.signIn; the session is a cookie. Live events come over the WebSocket at /line.',
    },
    servers: [{ url: address }],
    security: [{ session: [] }],
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'noroshi', description: 'Set by account.signIn and account.acceptInvitation. By HTTPS its name begins with __Host-.' } },
      responses: Object.fromEntries(Object.entries(meanings).map(([status, description]) => [status, {
        description,
        ...(status === '429' || status === '503' ? { headers: { 'Retry-After': { description: 'After how many seconds to come again.', schema: { type: 'integer' } } } } : {}),
        ...json({ allOf: [{ $ref: '#/components/schemas/Refusal' }], properties: { code: { enum: refusals().filter((one) => one.status === Number(status)).map((one) => one.code) } } }),
      }])),
      schemas: {
        CommandId: { ...id, description: 'UUIDv7, made by the sender.' },
        Done: { type: 'object', required: ['ok', 'seq', 'at'], properties: { ok: { const: true }, seq: { type: 'integer', description: 'The number of the first event in its stream.' }, at: { type: 'integer', description: 'The server\'s time in milliseconds since 1970.' } } },
        Refusal: {
          type: 'object', required: ['ok', 'code'],
          properties: {
            ok: { const: false },
            code: { type: 'string', anyOf: refusals().map(({ code, sentence }) => ({ const: code, description: sentence })) },
            params: { type: 'object', additionalProperties: { type: ['string', 'number'] }, description: 'What fills the gaps of the sentence.' },
          },
        },
      },
    },
  };
}
