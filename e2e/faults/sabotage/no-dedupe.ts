import { breaks } from './breaks.ts';

// The server does not know a command again that it has done already.
breaks('foundations/sync/server/committer.server.ts', [
  [
    `const key = keyOf(actor.person, sent.id);`,
    `const done = (globalThis.noroshiDone ??= new Set());
    const first = keyOf(actor.person, sent.id);
    if (done.has(first)) sent = { ...sent, id: crypto.randomUUID() };
    const key = keyOf(actor.person, sent.id);`,
  ],
  [`answer.then(forget, forget);`, `answer.then(forget, forget);\n    answer.then(() => done.add(first), () => undefined);`],
]);
