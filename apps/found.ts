import { commentFound, postFound } from '@noroshi/features/board/found';
import { appointmentFound } from '@noroshi/features/calendar/found';
import { chronologyFound } from '@noroshi/features/chronology/found';
import { contactFound } from '@noroshi/features/contacts/found';
import { damageFound } from '@noroshi/features/damage/found';
import { organizationFound, personFound, postFound as deskFound } from '@noroshi/features/directory/found';
import { incidentFound } from '@noroshi/features/incident/found';
import { pastFound } from '@noroshi/features/past/found';
import { requestFound } from '@noroshi/features/request/found';
import { messageFound, roomFound } from '@noroshi/features/talk/found';
import { fileFound } from '@noroshi/foundations/files/found';
import type { Finds } from '@noroshi/foundations/found';

/** All that can be found in this house, by those who may see it. */
export const found: readonly Finds[] = [messageFound, requestFound, damageFound, chronologyFound, postFound, commentFound, appointmentFound, incidentFound, personFound, contactFound, deskFound, organizationFound, fileFound, roomFound, pastFound];
