import { idShape } from '@noroshi/foundations/kernel';
import { question } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

const params = z.record(z.string(), z.union([z.string(), z.number()]));

export const stepKinds = ['addOrganization', 'amendOrganization', 'openRoom', 'revisePlan'] as const;

/** A dry run: what would a prefecture's file do? Nothing happens by it. */
export const checkSetup = question('setup.check', {
  about: 'Reads a prefecture’s file (JSON: organizations, counterpart groups, support plan) and tells which commands would bring it in, or what is wrong with it. Administrators only. Send the steps in their order.',
  input: z.strictObject({ file: z.string().check(z.minLength(1), z.maxLength(200_000)) }),
  output: z.strictObject({
    problems: z.array(z.strictObject({ code: z.string(), params })),
    steps: z.array(z.strictObject({ id: idShape, name: z.string(), input: z.unknown(), does: z.enum(stepKinds), about: z.string() })),
    unchanged: z.int(),
  }),
});
