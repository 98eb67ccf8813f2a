import { allowed, refused } from '@noroshi/foundations/kernel';
import { command, happens, workspaceStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { mayTend } from './may-administer.ts';
import { postAmended, postShape, thePost } from './post.ts';

/** A desk's title, its part in a disaster, its place in the order, or who stands in for it. Who sits there changes by handing over. */
export const amendPost = command('directory.amendPost', {
  about: 'Changes the title, duty, rank or deputy of a post. Without a deputy, nobody stands in.',
  input: z.omit(postShape, { org: true, holder: true }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input) => ({ desk: thePost(input.id), deputy: thePost(input.deputy ?? '') }),
  may(actor, { desk, deputy }, input) {
    const verdict = mayTend(actor, desk?.org);
    if (!verdict.ok) return verdict;
    if (!desk) return refused('directory.notFound');
    if (input.deputy === input.id) return refused('directory.deputyIsItself');
    if (input.deputy && deputy?.org !== desk.org) return refused('directory.deputyElsewhere');
    return allowed;
  },
  then: (input) => [happens(postAmended, input)],
});
