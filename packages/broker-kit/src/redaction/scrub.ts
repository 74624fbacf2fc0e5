/**
 * Takes known values out of a text. What was sent may come back in a text of the broker: patterns may miss it, the values
 * themselves do not.
 *
 * @param known each value with what stands in its place; the first is taken out first.
 */
export function createScrub(known: readonly (readonly [value: string, mark: string])[]): (text: string) => string {
  return (text) => known.reduce((rest, [value, mark]) => rest.replaceAll(value, mark), text);
}
