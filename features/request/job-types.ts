/** 職種: what kind of staff. Words: `request.job.<code>`. */
export const jobTypes = [
  'clerical', 'publicHealthNurse', 'nurse', 'nutritionist', 'socialWorker', 'childcare', 'architect', 'civilEngineer', 'waterEngineer',
  'electrician', 'veterinarian', 'pharmacist', 'firefighter', 'driver', 'interpreter', 'any',
] as const;
export type JobType = (typeof jobTypes)[number];

/** 資格・免許・経験. Words: `request.skill.<code>`. */
export const skills = [
  'carLicence', 'mediumLicence', 'largeLicence', 'forkliftLicence', 'architectLicence', 'buildingSafetyInspector', 'landSafetyInspector',
  'certificateExperience', 'surveyExperience', 'shelterExperience', 'myNumberTerminal', 'disasterManager', 'english', 'signLanguage',
] as const;
export type Skill = (typeof skills)[number];
