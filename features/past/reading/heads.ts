/** What a column of a table can tell. */
export const columns = ['at', 'day', 'clock', 'who', 'room', 'channel', 'to', 'kind', 'title', 'text', 'comments', 'file'] as const;
export type Column = (typeof columns)[number];

/**
 * How the tools call them. Written as they stand there: width, spaces, case and brackets are folded away. `board` columns make a table one
 * of notices where they say so.
 */
const heads: Readonly<Record<Column, string>> = {
  at: '日時 送信日時 送信日 投稿日時 作成日時 登録日時 掲載日時 発言日時 date datetime time sent sentat senttime createdat createdtime posted timestamp',
  day: '日付 送信日付 年月日 day',
  clock: '時刻 時間 送信時刻 clock',
  who: '送信者 送信者名 発信者 発言者 作成者 投稿者 登録者 掲載者 ユーザー ユーザー名 メンバー 氏名 名前 sender from author user username name createdby writer',
  room: '受信者トークルーム 受信者/トークルーム トークルーム トークルーム名 ルーム ルーム名 グループ グループ名 トーク名 チャンネル チャンネル名 掲示板 掲示板名 カテゴリ channel channelname room talkroom group board boardname',
  // A log for auditors names a room by a number, and beside it who was in it just then.
  channel: 'チャンネルid トークルームid ルームid channelid talkroomid roomid',
  to: '受信者 宛先 receiver receivers to recipient',
  kind: '種類 種別 タイプ メッセージ種別 メッセージタイプ type kind messagetype',
  title: '題名 件名 タイトル 表題 見出し title subject',
  text: '本文 内容 メッセージ メッセージ内容 トーク内容 発言 テキスト トーク body text message content contents',
  comments: 'コメント コメント内容 返信 comment comments',
  file: '添付 添付ファイル ファイル名 添付ファイル名 ファイル attachment attachments filename file',
};

/** A head without what does not matter. */
export const headIn = (cell: string): string => cell.normalize('NFKC').toLowerCase().replace(/[\s()[\]（）【】「」・_:：*※.\-/]/g, '');

const byHead = new Map(columns.flatMap((column) => heads[column].split(' ').map((head) => [headIn(head), column] as const)));

/** What a column tells by its head; nothing for one we do not know. */
export const columnOf = (head: string): Column | undefined => byHead.get(headIn(head));
