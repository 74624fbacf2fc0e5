import { type KisErrorRow, credentialsRefusal, gatewayRefusal, trouble } from './rows.ts';

/** Codes of the queue between gateway and back end: OPSQ. They come before the ledger as far as is known; a read confirms. */
export const opsQueueCodes: Readonly<Record<string, KisErrorRow>> = {
  OPSQ0001: trouble('TRANSIENT', 'official', 'pre-processing error'),
  OPSQ0002: gatewayRefusal('VALIDATION', 'reported', 'unknown service code (TR id does not fit the path)', {
    korean: '없는 서비스 코드 입니다',
  }),
  OPSQ0010: trouble('TRANSIENT', 'official', 'result processing resources exhausted'),
  OPSQ0011: trouble('TRANSIENT', 'official', 'result processing resources exhausted'),
  OPSQ1002: trouble('TRANSIENT', 'official', 'session connection error'),
  OPSQ2000: credentialsRefusal('ACCOUNT', 'captured', 'account number check failed', {
    korean: 'ERROR : INPUT INVALID_CHECK_ACNO',
    note: 'account not linked to this appkey, e.g. a live account on paper or a re-created paper account with the old appkey',
    rtCd: '2',
  }),
  OPSQ2001: gatewayRefusal('VALIDATION', 'reported', 'input field check failed', {
    korean: 'ERROR : INPUT INVALID_CHECK_INQR_DVSN',
    note: 'the failing field follows INVALID_CHECK_ / ERROR INPUT FIELD in the text; published meaning is wrong market division code',
    rtCd: '2',
  }),
  OPSQ2002: gatewayRefusal('VALIDATION', 'official', 'field length error', { rtCd: '2' }),
  OPSQ2003: trouble('TRANSIENT', 'official', 'back-end transmission data error'),
  OPSQ3001: trouble('UNKNOWN_OUTCOME', 'official', 'response parsing error'),
  OPSQ3002: trouble('UNKNOWN_OUTCOME', 'official', 'response length error'),
  OPSQ3004: trouble('TRANSIENT', 'official', 'string array allocation failed'),
  OPSQ9995: gatewayRefusal('VALIDATION', 'official', 'JSON body missing'),
  OPSQ9996: gatewayRefusal('VALIDATION', 'official', 'JSON header missing'),
  OPSQ9997: gatewayRefusal('VALIDATION', 'official', 'JSON parse error'),
  OPSQ9998: gatewayRefusal('VALIDATION', 'official', 'seq_no missing'),
  OPSQ9999: gatewayRefusal('VALIDATION', 'official', 'tr_id missing'),
};

/** Codes that the broker lists as a range only. */
export const opsQueueRange: { readonly from: string; readonly to: string; readonly row: KisErrorRow } = {
  from: 'OPSQ0003',
  to: 'OPSQ0009',
  row: trouble('TRANSIENT', 'official', 'call processing errors', { note: 'single meanings not recorded' }),
};
