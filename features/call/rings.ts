import { idShape } from '@noroshi/foundations/kernel';
import { door } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** Before and while somebody is called: whose devices all stay silent. (CA15) */
export const rings = door('call.rings', {
  about: 'Tells whom a call in a room rings on no device now: none of theirs takes notifications, and none is on the line. A guest is not told; with several servers nobody is named, since it is not known what is open at the others.',
  input: z.strictObject({ room: idShape }),
  output: z.strictObject({ none: z.array(idShape) }),
  signedIn: true,
});
