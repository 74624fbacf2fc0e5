/** How a run can end. */
export type ExitName =
  | 'ok'
  | 'booksDiffer'
  | 'usage'
  | 'cannotStart'
  | 'broker'
  | 'stoppedByErrors'
  | 'defect'
  | 'interrupted'
  | 'readerGone';

/** How `qts` ends, for scripts. `docs/reference/exit-codes.md` is printed from this table. */
export const exitCodes: Readonly<Record<ExitName, { readonly code: number; readonly meaning: string }>> = {
  ok: { code: 0, meaning: 'It ended as it should; where books were compared, they were equal.' },
  booksDiffer: {
    code: 1,
    meaning:
      'Our books are not equal to the venue’s or the broker’s, an order may still be open, or a journal that was looked at is not whole.',
  },
  usage: {
    code: 2,
    meaning:
      'The command line, the configuration, the .env file, a strategy or an operator’s decision is not valid. Nothing was started or changed.',
  },
  cannotStart: {
    code: 3,
    meaning:
      'Something outside kept it from starting: a port in use, a data file missing or broken, a journal that a run has open or that is not whole.',
  },
  broker: {
    code: 4,
    meaning:
      'The broker refused credentials, could not be reached or read, or refused all that was to be watched. What is open there is not known from this run; the report, if any, says what is left.',
  },
  stoppedByErrors: { code: 5, meaning: 'Too many cycles in a row failed, or the safety layer locked the pipeline.' },
  defect: { code: 70, meaning: 'A defect of QTS. The message asks for a report.' },
  interrupted: {
    code: 130,
    meaning: 'Ctrl-C: open orders were canceled and the report was printed. A watch has none and ends with 0.',
  },
  readerGone: {
    code: 141,
    meaning:
      'Who read the output of a command that only shows something went, as in `qts journal export FILE | head`. Commands that trade or change something go on, and end with their own code.',
  },
};

/** The number of an end. */
export const exitCode = (name: ExitName): number => exitCodes[name].code;
