import { type KisCodeKind, type KisEvidence } from './rows.ts';

/** A code that says yes. Never the proof of an order: that is `rt_cd` "0" with an order number. */
export interface KisSuccessRow {
  readonly kind: Extract<KisCodeKind, 'SUCCESS' | 'NO_DATA'>;
  readonly meaning: string;
  readonly evidence: KisEvidence;
  readonly korean?: string;
  readonly note?: string;
}

/** Success codes of REST answers. `NO_DATA` is an empty list, not an error. */
export const kisSuccessCodes: Readonly<Record<string, KisSuccessRow>> = {
  APBK0013: {
    kind: 'SUCCESS',
    meaning: 'order, amend or cancel sent',
    evidence: 'captured',
    korean: '주문 전송 완료 되었습니다.',
  },
  KIOK0420: {
    kind: 'SUCCESS',
    meaning: 'query ok (sellable quantity)',
    evidence: 'captured',
    korean: '정상적으로 조회되었습니다',
  },
  KIOK0460: {
    kind: 'SUCCESS',
    meaning: 'query ok, last page',
    evidence: 'captured',
    korean: '조회 되었습니다. (마지막 자료)',
  },
  KIOK0500: {
    kind: 'SUCCESS',
    meaning: 'query ok, more pages follow',
    evidence: 'captured',
    korean: '조회가 계속됩니다..다음버튼을 Click 하십시오.',
    note: 'also seen when the client has already got everything; decide by the tr_cont header',
  },
  KIOK0510: { kind: 'SUCCESS', meaning: 'query ok', evidence: 'captured', korean: '조회가 완료되었습니다' },
  KIOK0530: { kind: 'SUCCESS', meaning: 'query ok', evidence: 'reported' },
  KIOK0560: {
    kind: 'NO_DATA',
    meaning: 'no rows',
    evidence: 'captured',
    korean: '조회할 내용이 없습니다',
    note: 'rt_cd is 0 on stock TRs and 7 on derivatives TRs; treat as an empty result in both cases',
  },
  MCA00000: {
    kind: 'SUCCESS',
    meaning: 'quote query ok',
    evidence: 'captured',
    korean: '정상처리 되었습니다.',
    note: 'text ends with "." or "!"; never match on text',
  },
  '20310000': {
    kind: 'SUCCESS',
    meaning: 'paper query ok',
    evidence: 'recollection',
    korean: '모의투자 조회가 완료되었습니다.',
    note: 'text captured, code not captured together with it',
  },
  '70070000': {
    kind: 'NO_DATA',
    meaning: 'paper: no rows',
    evidence: 'reported',
    korean: '모의투자 조회할 내역(자료)이 없습니다.',
    note: 'overseas balance on paper',
  },
  '40600000': {
    kind: 'SUCCESS',
    meaning: 'paper buy order accepted',
    evidence: 'captured',
    korean: '모의투자 매수주문이 완료 되었습니다.',
  },
  '40610000': { kind: 'SUCCESS', meaning: 'paper sell order accepted', evidence: 'recollection' },
  '40630000': {
    kind: 'SUCCESS',
    meaning: 'paper cancel accepted',
    evidence: 'recollection',
    korean: '모의투자 취소주문이 완료 되었습니다.',
    note: 'text reported, code from recollection',
  },
};
