import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import screens from '@fastify/static';
import type { Visit } from '@noroshi/features/account/server';
import { calendarKeepers, endingFeeds, mountFeeds } from '@noroshi/features/calendar/server';
import { mountWeighing } from '@noroshi/features/call/server';
import { mountFederation } from '@noroshi/features/federation/server';
import { auditStream } from '@noroshi/features/keeping';
import { cardKeepers, followKeeping, mountAudit } from '@noroshi/features/keeping/server';
import { mountRecord } from '@noroshi/features/record/server';
import { boxesGo, mountLinks, surveyKeepers } from '@noroshi/features/survey/server';
import { mountDocuments } from '@noroshi/foundations/documents/shelf';
import { mountFiles } from '@noroshi/foundations/files/server';
import { refused } from '@noroshi/foundations/kernel';
import { isDatabaseAway } from '@noroshi/foundations/database';
import { asRefusal, ComeBackLater, mountDoors, mountLine, refuse, type WhoAsks } from '@noroshi/foundations/sync/server';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Server as SecureServer } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv4 } from 'node:net';
import { join } from 'node:path';
import type pg from 'pg';
import { mountApiPage } from './api/mount.ts';
import type { Certificate } from './certificate.ts';
import type { Config } from './config.ts';
import { dueApart } from './features.ts';
import type { OpenHouse } from './open-house.ts';
import { originGuard } from './origin.ts';
import { sessionCookie } from './session-cookie.ts';

export { openHouse, type OpenHouse } from './open-house.ts';

/** What the server is handed. It opens nothing by itself, so that a test can hand it something else. */
export type ServerDeps = {
  house: OpenHouse;
  /** The built screens; undefined serves none. */
  webFolder: string | undefined;
  /** Where photographs and files come to lie; undefined takes none. */
  dataFolder?: string;
  logLevel: Config['logLevel'];
  /** Where the log goes; to the terminal unless it is said. */
  logTo?: { write(line: string): void };
  /** Where people open it; null on this machine alone. */
  publicUrl?: URL | null;
  /** To speak HTTPS by itself. */
  certificate?: Certificate | null;
  /** How often a renewed certificate is looked for, in milliseconds. */
  certificateLook?: number;
  /** Who speaks HTTPS for it. */
  trustProxy?: readonly string[];
};

const HEALTH_PATIENCE = 2_000;
/** How long a request may take to come, in milliseconds. Files come in pieces, each in far less. */
const WHOLE_REQUEST = 300_000;
/** How long a connection may say and hear nothing, in milliseconds; a poll is answered after 20 s, a socket minds itself. */
const SILENCE = 120_000;
const CERTIFICATE_LOOK = 10_000;

/** Puts the server together, without listening yet. */
export async function createServer({ house, webFolder, dataFolder, logLevel, logTo, publicUrl = null, certificate = null, certificateLook = CERTIFICATE_LOOK, trustProxy = [] }: ServerDeps): Promise<FastifyInstance> {
  const secured = certificate ? await import('./certificate.ts') : undefined;
  const { stair, accounts, wake, calls } = house;
  const app = fastify({
    ...(certificate && secured ? { https: secured.readCertificate(certificate) } : {}),
    trustProxy: trustProxy.length > 0 ? [...trustProxy] : false,
    logger: logLevel === 'silent' ? false : { level: logLevel, redact: SECRETS, ...(logTo ? { stream: logTo } : {}) },
    forceCloseConnections: true,
    // Who never comes to an end holds no connection for ever.
    requestTimeout: WHOLE_REQUEST,
    connectionTimeout: SILENCE,
  }) as unknown as FastifyInstance;
  const secure = publicUrl?.protocol === 'https:';
  await app.register(helmet, { ...SECURITY, strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false });
  await app.register(cookie);
  // Forms of other pages can send text and files; what can do something here is JSON, which they cannot send unasked.
  app.removeContentTypeParser('text/plain');
  app.addHook('onSend', async ({ url }, reply) => {
    if (!isPart(url)) reply.header('Permissions-Policy', 'camera=(self), microphone=(self), display-capture=(self), geolocation=(self), browsing-topics=()');
  });
  if (certificate && secured) {
    const stop = secured.followCertificate(app.server as unknown as SecureServer, certificate, certificateLook, (error) => app.log.error(error, 'certificate'));
    app.addHook('onClose', async () => stop());
  }
  if (trustProxy.length > 0 && !certificate) hearOnlyProxies(app, trustProxy, publicUrl!);

  const isOurOrigin = originGuard(publicUrl);
  app.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET' && request.method !== 'HEAD' && !isOurOrigin(request.headers)) return refuse(reply, refused('line.otherOrigin'));
  });
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const code = error.statusCode === undefined || error.statusCode >= 500 ? undefined : (MALFORMED[error.statusCode] ?? 'command.malformed');
    if (code) return refuse(reply, refused(code));
    // Nothing was decided; who takes 500 for a decision does not come again.
    if (isDatabaseAway(error)) {
      request.log.warn(error, 'the database is away');
      return refuse(reply, asRefusal(new ComeBackLater('away', 2_000)));
    }
    request.log.error(error);
    return reply.code(500).send({ ok: false, code: 'server.fault' });
  });

  // However many ask at once, the database is asked once.
  let asking: Promise<boolean> | undefined;
  app.get('/healthz', async (_request, reply) => {
    const well = await (asking ??= answers(stair.pool).finally(() => { asking = undefined; }));
    return reply.code(well ? 200 : 503).header('Cache-Control', 'no-store').send({ ok: well, database: well ? 'answers' : 'silent' });
  });

  const session = sessionCookie({ secure, demo: stair.house.doors.has('demo.signIn') });
  const whoAsks: WhoAsks = (request) => accounts.whoHas(session.read(request.headers));
  mountDoors(app, stair.house, new Map([...endingFeeds(stair, accounts.keepers), ...wake.keepers, ...cardKeepers(stair), ...calendarKeepers(stair), ...surveyKeepers(stair), ...calls.keepers]), async (request: FastifyRequest, reply: FastifyReply): Promise<Visit> => {
    const secret = session.read(request.headers);
    const who = await accounts.whoHas(secret);
    const actor = who?.actor();
    return {
      actor,
      session: actor && who?.device,
      secret,
      address: request.ip,
      agent: request.headers['user-agent'] ?? '',
      base: publicUrl?.origin ?? `${request.protocol}://${request.host}`,
      keep: (given) => session.write(reply, given),
      clear: () => void reply.header('Clear-Site-Data', '"cache"'),
    };
  });
  mountApiPage(app, stair.house, publicUrl);
  mountLine(app, stair, whoAsks, (request: IncomingMessage) => isOurOrigin(request.headers), calls.beside);
  mountWeighing(app, stair, whoAsks);

  mountAudit(app, { stair, accounts, whoAsks });
  mountDocuments(app, stair, whoAsks, {
    request: async () => (await import('@noroshi/features/request/server')).requestPaper,
    damage: async () => (await import('@noroshi/features/damage/server')).damagePaper,
    drill: async () => (await import('@noroshi/features/drill/server')).drillPaperBy((await import('../measured.ts')).measured),
  });
  mountFederation(app, house.federation);
  await mountLinks(app, stair);
  mountFeeds(app, stair, accounts.languageOf, publicUrl?.origin);
  mountRecord(app, { stair, log: house.record, audit: auditStream, signatures: async () => (await import('@noroshi/features/federation/signatures')).signatures, papers: async () => (await import('./papers.ts')).papers, ...(dataFolder === undefined ? {} : { files: join(dataFolder, 'files') }) }, whoAsks);
  if (dataFolder !== undefined) house.federation.takesFiles(await mountFiles(app, { stair, folder: dataFolder, whoAsks }));
  const keeping = followKeeping(stair, dataFolder === undefined ? undefined : join(dataFolder, 'files'), (error, what) => app.log.error(error, what), dueApart, [boxesGo(stair)]);
  app.addHook('onClose', () => keeping.idle());

  if (webFolder !== undefined) await serveScreens(app, webFolder);
  return app;
}

/** What is never written to the log, wherever someone logs a request or an answer whole. */
const SECRETS = ['req.headers.cookie', 'req.headers.authorization', 'res.headers["set-cookie"]', 'headers.cookie', '*.password', '*.token', '*.secret'];

/** What Fastify refuses by itself, in our words. */
const MALFORMED: Readonly<Record<number, string>> = { 413: 'command.tooLarge', 415: 'command.notJson' };

/** Behind a proxy, plain HTTP is spoken with the proxy and with this machine, and with nobody else. */
function hearOnlyProxies(app: FastifyInstance, proxies: readonly string[], publicUrl: URL): void {
  const heard = new BlockList();
  for (const one of ['127.0.0.0/8', '::1/128', ...proxies]) {
    const [address = '', bits] = one.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    heard.addSubnet(address, Number(bits ?? (family === 'ipv4' ? 32 : 128)), family);
  }
  app.server.on('connection', (socket) => {
    const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    if (!heard.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')) socket.destroy();
  });
  app.addHook('onRequest', async (request, reply) => {
    // The proxy was spoken to in the open. What has been said is said; it shall not become a habit.
    if (request.headers['x-forwarded-proto'] === undefined || request.protocol === 'https' || request.url === '/healthz') return;
    // Put behind our own origin as it stands: `//elsewhere` is a path of ours and no address.
    return request.method === 'GET' ? reply.redirect(`${publicUrl.origin}/${request.url.replace(/^[/\\]+/, '')}`, 308) : refuse(reply, refused('line.notSecure'));
  });
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
  // Of browsers that are long gone.
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
} as const;

/** Whether it is a part of a page, and nothing that a browser shows by itself. */
const isPart = (path: string): boolean => /[\\/]assets[\\/].*\.(?:js|css|pack)(?:\.br|\.gz)?$/.test(path);

/** What a browser heeds in a document only. A hundred parts make the application: with these each is 600 bytes more on a thin line. */
const OF_DOCUMENTS = ['content-security-policy', 'cross-origin-opener-policy', 'origin-agent-cluster', 'referrer-policy', 'x-frame-options'];

/** The screens: one page, and files whose names change with their contents. */
async function serveScreens(app: FastifyInstance, root: string): Promise<void> {
  await app.register(screens, {
    root,
    cacheControl: false,
    // Made when the screens are built: a thin line is not kept waiting while a server compresses.
    preCompressed: true,
    setHeaders(reply, path) {
      const hashed = /[\\/]assets[\\/]/.test(path);
      reply.header('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      if (hashed && isPart(path)) for (const name of OF_DOCUMENTS) reply.raw.removeHeader(name);
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const navigates = request.method === 'GET' && request.headers.accept?.includes('text/html') && !request.url.startsWith('/api/');
    if (navigates) return reply.sendFile('index.html');
    return reply.code(404).send({ code: 'notFound' });
  });
}

async function answers(pool: pg.Pool): Promise<boolean> {
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
