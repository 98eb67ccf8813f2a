// What can be chosen in a request and its answers. Apart from the shapes, which a device's first screen holds without them.

export const meansCodes = ['chat', 'phone', 'spoken', 'document'] as const;
/** 根拠: the agreement of the prefecture and its 20 (2016), or an article of law. */
export const basisCodes = ['agreement', 'basicAct67', 'basicAct68', 'basicAct29', 'basicAct30', 'autonomyAct252_17'] as const;
export const lodgingCodes = ['byAsker', 'bySupporter', 'inVehicle', 'none'] as const;
export const bringCodes = ['computer', 'radio', 'camera', 'map', 'sleepingBag', 'helmet', 'warmClothes', 'generator', 'toiletPack', 'food', 'boots'] as const;
export const priorityCodes = ['urgent', 'normal', 'low'] as const;
export const confirmedCodes = ['fixed', 'estimate', 'unconfirmed'] as const;

/** Why an organization cannot: 不可. */
export const declineReasons = ['ownDisaster', 'noStaff', 'noSkill', 'noTransport', 'other'] as const;
