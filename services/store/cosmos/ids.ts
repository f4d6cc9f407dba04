/**
 * Ids as Cosmos DB may hold them, in both directions, keeping the order.
 *
 * Cosmos forbids `/ \ ? #` in ids, other tools break on what is not ASCII, and neither the service nor its SDK (which
 * merges the partitions of a sorted query by comparing JavaScript strings) promises to sort text code point by code
 * point, as the port does. So every byte of the UTF-8 form that is not a letter, a digit or one of `- : _` becomes a
 * mark and two hex digits. The mark stands where the byte would stand between the characters that are kept: comparing
 * the encoded forms in any way gives the order of the originals.
 *
 * @example encodeId('K-7F3Q') // 'K-7F3Q'
 * @example encodeId('令和/1') // '~E4~BB~A4~E5~92~8C.2F1'
 */
export function encodeId(id: string): string {
  if (PLAIN.test(id)) return id;
  let encoded = '';
  for (const byte of Buffer.from(id)) {
    encoded += isKept(byte)
      ? String.fromCharCode(byte)
      : markOf(byte) + byte.toString(16).toUpperCase().padStart(2, '0');
  }
  return encoded;
}

export function decodeId(encoded: string): string {
  if (PLAIN.test(encoded)) return encoded;
  const bytes = encoded.replace(MARKED, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

/** Sorts behind every encoded id, whatever they are. */
export const BEHIND_ALL = '\u007f';

/** No character of an encoded id sorts before it: with it at the end an id stands right behind itself. */
export const FIRST = '!';

const PLAIN = /^[-0-9:A-Z_a-z]*$/;
const MARKED = /[!.;^`~]([0-9A-F]{2})/g;

const isKept = (byte: number): boolean => byte < 0x80 && PLAIN.test(String.fromCharCode(byte));

/** One mark for each gap between the kept characters, itself from that gap. */
function markOf(byte: number): string {
  if (byte < 0x2d) return '!';
  if (byte < 0x30) return '.';
  if (byte < 0x41) return ';';
  if (byte < 0x5f) return '^';
  return byte === 0x60 ? '`' : '~';
}
