/** Checking what was taken out of the record: by anyone, without this house. */
export { says, type Said } from './says.ts';
export { verify, type CheckSignature, type Found, type Verdict, type VerifyNeeds } from './verify.ts';
export type { PartnerProof } from './partners.ts';
export type { Source } from './unzip.ts';
