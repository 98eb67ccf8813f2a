/**
 * Takes from a page what the WebKit of iOS 16.4 has not: iPhones of 2017 stay there, and push wakes none that is older. What only draws (CSS) is
 * not taken. Runs in the page before anything else.
 */
export function asOnAnOldPhone(): void {
  Object.assign(Element.prototype, { seenByTests: Element.prototype.checkVisibility });
  const lacking: readonly (readonly [object, readonly PropertyKey[]])[] = [
    [Map, ['groupBy']], [Object, ['groupBy']], [Promise, ['withResolvers', 'try']], [URL, ['canParse', 'parse']], [AbortSignal, ['any']], [RegExp, ['escape']], [Uint8Array, ['fromBase64', 'fromHex']],
    [Uint8Array.prototype, ['toBase64', 'toHex', 'setFromBase64', 'setFromHex']], [Set.prototype, ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom']],
    [Object.getPrototypeOf(Object.getPrototypeOf([].values())) as object, ['map', 'filter', 'take', 'drop', 'flatMap', 'reduce', 'toArray', 'forEach', 'some', 'every', 'find']],
    [ArrayBuffer.prototype, ['transfer', 'resize']], [ReadableStream.prototype, [Symbol.asyncIterator, 'values']], [Map.prototype, ['getOrInsert', 'getOrInsertComputed']],
    [HTMLDialogElement.prototype, ['requestClose']], [Element.prototype, ['checkVisibility']], [HTMLElement.prototype, ['showPopover', 'hidePopover', 'togglePopover']], [globalThis, ['scheduler', 'requestIdleCallback', 'Temporal', 'Iterator']],
  ];
  for (const [of, names] of lacking) for (const name of names) if (!Reflect.deleteProperty(of, name)) throw new Error(`this browser keeps ${String(name)}: an old telephone cannot be tried in it`);
}
