import { japanese } from '@noroshi/foundations/i18n/ja';
import { expect, it } from 'vitest';
import { fold, unfold } from './fold.ts';

it('sentences travel with what their names have in common told once, and are the same again', () => {
  expect(fold([['app.name', '狼煙'], ['nav.home', 'ホーム'], ['app.help', ''], ['app.help.more', '説明 と例']])).toEqual(['app. name help\nnav. home\napp.help. more', '狼煙\n\nホーム\n説明 と例']);
  expect(unfold(fold(Object.entries(japanese)))).toEqual(japanese);
  expect(unfold(fold([]))).toEqual({});
  expect(() => fold([['app.name', '狼\n煙']])).toThrow('app.name');
});
