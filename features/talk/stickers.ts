/**
 * The stickers of こま, the robin with the messenger's bag: one drawing each,
 * at `/stickers/<id>.svg`.
 *
 * The words here are data, not sentences of a screen: `ja` is what is written
 * in the drawing, what a screen reader says, what stands in the talk when data
 * is low, and what search finds; `en` is the same for a reader of English.
 * A message stores the id only, so an id is never renamed or taken out.
 *
 * Order: what is needed in a disaster comes first, then the day's work, then
 * kindness and greetings. A sticker is talk and never an answer: it does not
 * count as 受領, 了解 or 決定 of a message or a request.
 *
 * Drawn by `tools/stickers/draw.py`, which reads the ids and words from here.
 */
export const stickers = [
  { id: 'buji', ja: '無事です', en: 'Safe' },
  { id: 'daijobu', ja: '大丈夫？', en: 'Are you all right?' },
  { id: 'ryokai', ja: '了解', en: 'Roger' },
  { id: 'kakunin', ja: '確認中', en: 'Checking' },
  { id: 'taiou', ja: '対応中です', en: 'Working on it' },
  { id: 'ouen', ja: '応援お願いします', en: 'Help, please' },
  { id: 'hinan', ja: '避難完了', en: 'Evacuation complete' },
  { id: 'tsukodome', ja: '通行止め', en: 'Road closed' },
  { id: 'teiden', ja: '停電中', en: 'Power is out' },
  { id: 'dansui', ja: '断水中', en: 'Water is off' },
  { id: 'denpa', ja: '電波が弱いです', en: 'Weak signal' },
  { id: 'shuppatsu', ja: '出発しました', en: 'Departed' },
  { id: 'idou', ja: '移動中', en: 'On the way' },
  { id: 'tochaku', ja: '到着しました', en: 'Arrived' },
  { id: 'denwakudasai', ja: '電話ください', en: 'Please call me' },
  { id: 'denwashimasu', ja: '電話します', en: 'I will call' },
  { id: 'shashin', ja: '写真送ります', en: 'Sending photos' },
  { id: 'matte', ja: '少々お待ちください', en: 'One moment, please' },
  { id: 'kentou', ja: '検討中です', en: 'Considering' },
  { id: 'shochi', ja: '承知しました', en: 'Understood' },
  { id: 'mimashita', ja: '見ました', en: 'Seen' },
  { id: 'kanryo', ja: '完了しました', en: 'Done' },
  { id: 'kaigi', ja: '会議中', en: 'In a meeting' },
  { id: 'koutai', ja: '交代します', en: 'Taking over' },
  { id: 'kicho', ja: '帰庁しました', en: 'Back at the office' },
  { id: 'onegai', ja: 'お願いします', en: 'Please' },
  { id: 'sumimasen', ja: 'すみません', en: 'Sorry' },
  { id: 'kiotsukete', ja: '気をつけて', en: 'Take care' },
  { id: 'murishinaide', ja: '無理しないで', en: 'Do not overdo it' },
  { id: 'shokuji', ja: '食事をとって', en: 'Have something to eat' },
  { id: 'kyukei', ja: '休憩します', en: 'Taking a break' },
  { id: 'ganbarou', ja: 'がんばろう', en: 'We can do this' },
  { id: 'tasukarimashita', ja: '助かりました', en: 'That helped' },
  { id: 'arigato', ja: 'ありがとう', en: 'Thank you' },
  { id: 'otsukare', ja: 'お疲れさま', en: 'Well done today' },
  { id: 'yoroshiku', ja: 'よろしくお願いします', en: 'Looking forward to working with you' },
  { id: 'ohayou', ja: 'おはようございます', en: 'Good morning' },
  { id: 'oyasumi', ja: 'おやすみなさい', en: 'Good night' },
] as const;

export type StickerId = (typeof stickers)[number]['id'];
