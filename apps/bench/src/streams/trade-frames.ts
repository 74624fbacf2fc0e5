/** Fields of a trade as KIS sends it (`H0STCNT0`, 46 columns; the published example of the portal, 2023-06-12). */
const published =
  '005930^093354^71900^5^-100^-0.14^72023.83^72100^72400^71700^71900^71800^1^3052507^219853241700^5105^6937^1832^84.90^' +
  '1366314^1159996^1^0.39^20.28^090020^5^-200^090820^5^-500^092619^2^200^20230612^20^N^65945^216924^1118750^2199206^' +
  '0.05^2424142^125.92^0^^72100';

/**
 * Frames of one trade each, all different. Made from bytes, as a socket's are: a text that was put together by `+` would
 * be flattened by the first who reads it, and one text over and over would be remembered.
 */
export function tradeFrames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const fields = published.split('^');
    fields[2] = String(71_900 + (index % 7) * 100);
    fields[12] = String(1 + (index % 97));
    fields[13] = String(3_052_507 + index * 50);
    return Buffer.from(`0|H0STCNT0|001|${fields.join('^')}`, 'latin1').toString('utf8');
  });
}
