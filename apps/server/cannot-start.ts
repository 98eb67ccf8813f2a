import { CannotStart } from '@noroshi/foundations/database';

/**
 * What the person who starts Noroshi can mend is told to them in a sentence; anything else goes on as it is.
 * @throws CannotStart, or the error itself
 */
export function explain(error: NodeJS.ErrnoException & { port?: number }): never {
  if (error.syscall === 'listen' && error.code === 'EADDRINUSE') {
    throw new CannotStart(`ポート ${error.port} はほかで使われています。それを止めるか、PORT で別の番号にしてください。`, `Port ${error.port} is in use. Stop what uses it, or choose another one with PORT.`);
  }
  if (error.syscall === 'listen' && error.code === 'EADDRNOTAVAIL') throw new CannotStart('NOROSHI_HOST のアドレスは、この機械のものではありません。', 'The address that NOROSHI_HOST names is none of this machine.');
  if (error.syscall === 'listen' && error.code === 'EACCES') throw new CannotStart(`この利用者はポート ${error.port} を開けません。PORT で別の番号にしてください。`, `This user may not open port ${error.port}. Choose another one with PORT.`);
  if (error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND' || error.code === 'EHOSTUNREACH' || error.code === 'ETIMEDOUT') throw new CannotStart('DATABASE_URL のPostgreSQLが応えません。動いているか、アドレスを確かめてください。', 'The PostgreSQL server that DATABASE_URL names does not answer.');
  if (error.code === '28P01' || error.code === '28000') throw new CannotStart('DATABASE_URL の利用者名かパスワードを、PostgreSQLが受け付けません。', 'The PostgreSQL server that DATABASE_URL names refuses this user or password.');
  if (error.code === '3D000') throw new CannotStart('DATABASE_URL のデータベースがありません。', 'The database that DATABASE_URL names does not exist.');
  if (error.code === '42501') throw new CannotStart('DATABASE_URL の利用者は、このデータベースに表を作れません。データベースの所有者にしてください。', 'The user that DATABASE_URL names may not make tables in that database. Make it the owner of the database.');
  if (error.code === 'ENOSPC') throw new CannotStart('ディスクがいっぱいです。空きを作ってから、もう一度始めてください。', 'The disk is full. Make room, and start again.');
  throw error;
}
