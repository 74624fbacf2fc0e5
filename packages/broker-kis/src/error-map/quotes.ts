import { type KisErrorRow, ledgerRefusal } from './rows.ts';

/** Codes of the quote servers: MCA. */
export const quoteCodes: Readonly<Record<string, KisErrorRow>> = {
  MCA05918: ledgerRefusal('INSTRUMENT', 'official', 'instrument code error', {
    korean: '종목코드 오류입니다.',
    note: 'on the condition-search TR it means no result',
    http: 200,
    rtCd: '1',
  }),
};
