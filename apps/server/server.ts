import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import files from '@fastify/static';
import type { Connection } from '@noroshi/foundations/database';
import fastify, { type FastifyInstance } from 'fastify';
import type { Config } from './config.ts';

/** What the server is handed. It opens nothing by itself, so that a test can hand it something else. */
export type ServerDeps = {
  database: Pick<Connection<any>, 'db' | 'pool'>;
  /** The built screens; undefined serves none. */
  webFolder: string | undefined;
  logLevel: Config['logLevel'];
};

const HEALTH_PATIENCE = 2_000;

/** Puts the server together, without listening yet. */
export async function createServer({ database, webFolder, logLevel }: ServerDeps): Promise<FastifyInstance> {
  const app = fastify({ logger: logLevel === 'silent' ? false : { level: logLevel }, forceCloseConnections: true });
  await app.register(helmet, SECURITY);
  await app.register(cookie);
  app.addHook('onSend', async (_request, reply) => {
    reply.header('Permissions-Policy', 'camera=(self), microphone=(self), geolocation=(self), browsing-topics=()');
  });

  app.get('/healthz', async (_request, reply) => {
    const well = await answers(database);
    return reply.code(well ? 200 : 503).header('Cache-Control', 'no-store').send({ ok: well, database: well ? 'answers' : 'silent' });
  });

  if (webFolder !== undefined) await serveScreens(app, webFolder);
  return app;
}

/** Nothing comes from another origin, and nothing goes to one. */
const SECURITY = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'blob:', 'data:'],
      mediaSrc: ["'self'", 'blob:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      workerSrc: ["'self'"],
      manifestSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'no-referrer' },
  // Only to be promised by a server that speaks HTTPS.
  strictTransportSecurity: false,
} as const;

/** The screens: one page, and files whose names change with their contents. */
async function serveScreens(app: FastifyInstance, root: string): Promise<void> {
  await app.register(files, {
    root,
    cacheControl: false,
    setHeaders(reply, path) {
      const hashed = /[\\/]assets[\\/]/.test(path);
      reply.header('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const navigates = request.method === 'GET' && request.headers.accept?.includes('text/html') && !request.url.startsWith('/api/');
    if (navigates) return reply.sendFile('index.html');
    return reply.code(404).send({ code: 'notFound' });
  });
}

async function answers({ pool }: ServerDeps['database']): Promise<boolean> {
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), HEALTH_PATIENCE);
  try {
    return await Promise.race([pool.query('select 1').then(() => true), late.promise]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
