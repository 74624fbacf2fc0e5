/** How a column stands: words to the left, numbers to the right. */
export type Alignment = 'left' | 'right';

/** Lays rows out in columns two spaces apart. Korean letters count double, as terminals draw them. */
export function layOutTable(rows: readonly (readonly string[])[], alignments: readonly Alignment[]): readonly string[] {
  const widths = alignments.map((_, column) => Math.max(0, ...rows.map((row) => widthOf(row[column] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const space = ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
        return alignments[column] === 'right' ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** A whole number with separators: `1,234,567`. */
export function formatWhole(value: number): string {
  return value.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) width += /[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]/.test(letter) ? 2 : 1;
  return width;
}
