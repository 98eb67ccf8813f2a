import type { Measured } from '@noroshi/foundations/measured';

/** What a drill is measured by in the talk: that someone spoke, or answered a message. */
export const measuredTalk: Measured = {
  act: ({ kind, org, body }) => (kind === 'talk.said' ? { act: 'say', org } : kind === 'talk.answered' ? { act: 'answer', org, message: body.message } : undefined),
};
