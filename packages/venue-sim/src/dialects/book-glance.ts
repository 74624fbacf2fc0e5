import { type BookView } from '../exchange/contracts.ts';

/** Tells books that may have changed from those that have not, without a look into them: they are looked at often. */
export interface BookGlance {
  /** Whether a book is another than at the last glance; what there is no book of is always worth a look. */
  isNews(item: string, book: BookView | undefined): boolean;
  /** Every book is worth a look again: somebody new wants them, or a phase has begun. */
  forget(): void;
}

export function createBookGlance(): BookGlance {
  const last = new Map<string, BookView>();
  return {
    isNews(item, book) {
      if (book === undefined) return true;
      if (last.get(item) === book) return false;
      last.set(item, book);
      return true;
    },
    forget() {
      last.clear();
    },
  };
}
