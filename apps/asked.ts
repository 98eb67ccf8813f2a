import { askedPost } from '@noroshi/features/board';
import { askedRequest } from '@noroshi/features/request';
import { askedSurvey } from '@noroshi/features/survey';
import { askedMessage } from '@noroshi/features/talk';
import type { Asked } from '@noroshi/foundations/asked';

/** What asks people for an answer in this house, and is chased. */
export const asked: readonly Asked[] = [askedMessage, askedRequest, askedPost, askedSurvey];
