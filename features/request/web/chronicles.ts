import type { Chronicled } from '@noroshi/foundations/chronicled';
import type { LowerEnd, Watched } from '@noroshi/foundations/sync/web';
import { requestChronicled } from '../chronicled.ts';
import { request, type DispatchRequest } from '../dispatch-request.ts';

/** What was done about the requests of an incident that this device holds. What waits in the outbox has not been done. */
export const chronicles = (stair: LowerEnd, incident: string): Watched<readonly Chronicled[]> =>
  stair.together(`request/chronicles/${incident}`, async () => (await stair.replica.all<DispatchRequest>(request.noun)).flatMap(({ value }) => (value.incident === incident ? requestChronicled(value) : [])));
