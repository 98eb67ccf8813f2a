import type { House } from '@noroshi/foundations/sync';
import type { FastifyInstance } from 'fastify';

/** `GET /api/openapi.json`, and the same to be read at `/api/docs`. Both say only what the house can be asked, and nothing of what it holds. */
export function mountApiPage(app: FastifyInstance, house: House, publicUrl: URL | null): void {
  // Anyone may ask for them, and they are long: each is made once, by what is read when it is first asked for.
  let description: object | undefined;
  const pages = new Map<'ja' | 'en', string>();
  app.get('/api/openapi.json', async (request, reply) => {
    description ??= (await import('./openapi.ts')).openapi(house, '');
    return reply.header('cache-control', 'no-cache').send({ ...description, servers: [{ url: publicUrl?.origin ?? `${request.protocol}://${request.host}` }] });
  });
  app.get<{ Querystring: { lang?: unknown } }>('/api/docs', async (request, reply) => {
    const asked = request.query.lang ?? (/^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'ja');
    const language = asked === 'en' ? 'en' : 'ja';
    let page = pages.get(language);
    if (page === undefined) pages.set(language, (page = (await import('./page.ts')).apiPage(house, language)));
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').header('vary', 'accept-language').send(page);
  });
  app.get('/api/docs.css', async (_request, reply) => reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send((await import('./page.ts')).apiPageStyle));
}
