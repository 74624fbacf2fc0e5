import { additions, defineReservedCodes, type FailsafeTable } from './define-codes.ts';

/** Codes kept for later subsystems. The type {@link ReservedFailsafeCode} keeps them out of what may be emitted. */
export const reservedFailSafeCodes = [
  'FS081',
  'FS082',
  'FS083',
  'FS084',
  'FS085',
  'FS086',
  'FS090',
  'FS091',
  'FS092',
  'FS093',
  'FS094',
  'FS095',
  'FS096',
  'FS097',
  'FS098',
  'FS100',
  'FS101',
  'FS102',
  'FS103',
  'FS104',
  'FS105',
] as const;

export const reservedGuardrailCodes = [
  'GR050',
  'GR051',
  'GR052',
  'GR053',
  'GR054',
  'GR055',
  'GR060',
  'GR061',
  'GR062',
  'GR063',
  'GR064',
  'GR070',
  'GR071',
  'GR072',
  'GR073',
  'GR074',
  'GR080',
  'GR081',
  'GR082',
  'GR090',
] as const;

type ReservedFailSafeCode = (typeof reservedFailSafeCodes)[number];
type ReservedGuardrailCode = (typeof reservedGuardrailCodes)[number];
export type ReservedFailsafeCode = ReservedFailSafeCode | ReservedGuardrailCode;

export const reservedFailSafes: FailsafeTable<ReservedFailSafeCode> = defineReservedCodes('FAIL_SAFE', {
  // Capital pools. "Total capital is zero or negative" was written as FS080, which is memory: it moved to FS086.
  FS081: { stage: 'EVALUATE', meaning: { en: 'A capital pool is negative', ko: '자본 풀 음수' } },
  FS082: { stage: 'EVALUATE', meaning: { en: 'A capital pool lost more than 20 %', ko: '자본 풀 낙폭 20 % 초과' } },
  FS083: { stage: 'EVALUATE', meaning: { en: 'Capital changed by more than 5 %', ko: '자본 5 % 초과 비정상 변동' } },
  FS084: { stage: 'EVALUATE', meaning: { en: 'The pools do not add up to the total', ko: '자본 풀 합계 불일치' } },
  FS085: { stage: 'EVALUATE', meaning: { en: 'A safety lockdown froze the pools', ko: '락다운으로 자본 풀 동결' } },
  FS086: {
    stage: 'EVALUATE',
    source: additions,
    meaning: { en: 'Total capital is zero or negative', ko: '총 자본이 0 이하' },
  },
  // Scalp execution.
  FS090: { stage: 'ACT', meaning: { en: 'Every send of a split order failed', ko: '분할 주문 전송 전부 실패' } },
  FS091: { stage: 'ACT', meaning: { en: 'A split order has an invalid symbol', ko: '분할 주문 종목 오류' } },
  FS092: { stage: 'ACT', meaning: { en: 'Emergency escape from an execution', ko: '집행 비상 탈출' } },
  FS093: { stage: 'ACT', meaning: { en: 'Fills did not arrive in time', ko: '체결 대기 시간 초과' } },
  FS094: {
    stage: 'ACT',
    meaning: { en: 'Slippage or adjustment limit reached', ko: '슬리피지 또는 조정 횟수 한도 도달' },
  },
  // Event queues.
  FS095: { stage: 'PERFORMANCE', meaning: { en: 'The top-priority queue overflowed', ko: '최우선 큐 넘침' } },
  FS096: { stage: 'PERFORMANCE', meaning: { en: 'The top-priority queue failed', ko: '최우선 큐 장애' } },
  FS097: {
    stage: 'PERFORMANCE',
    meaning: { en: 'The second-priority queue could not be made again', ko: '차순위 큐 재생성 실패' },
  },
  FS098: { stage: 'PERFORMANCE', meaning: { en: 'An event handler failed for good', ko: '이벤트 처리기 영구 장애' } },
  // Micro risk loop.
  FS100: { stage: 'EVALUATE', meaning: { en: 'The micro risk loop crashed', ko: '마이크로 리스크 루프 중단' } },
  FS101: {
    stage: 'EVALUATE',
    meaning: { en: 'The micro risk loop is late by over 1 s', ko: '리스크 동기화 1초 초과 지연' },
  },
  FS102: { stage: 'EVALUATE', meaning: { en: 'An emergency exit was executed', ko: '비상 청산 실행' } },
  FS103: { stage: 'EVALUATE', meaning: { en: 'The pipeline was suspended', ko: '파이프라인 중지' } },
  FS104: {
    stage: 'EVALUATE',
    meaning: { en: 'The micro risk loop pulled the kill switch', ko: '리스크 루프의 킬 스위치 작동' },
  },
  FS105: { stage: 'EVALUATE', meaning: { en: 'The price feed was interrupted', ko: '시세 수신 중단' } },
});

export const reservedGuardrails: FailsafeTable<ReservedGuardrailCode> = defineReservedCodes('GUARDRAIL', {
  // Capital pools.
  GR050: { stage: 'EVALUATE', meaning: { en: 'Allocations do not make 100 %', ko: '배분 합계가 100 %가 아님' } },
  GR051: { stage: 'EVALUATE', meaning: { en: 'A pool is below its minimum', ko: '자본 풀 최소치 미달' } },
  GR052: { stage: 'EVALUATE', meaning: { en: 'A pool is above its maximum', ko: '자본 풀 최대치 초과' } },
  GR053: { stage: 'EVALUATE', meaning: { en: 'A transfer exceeds what is available', ko: '이체 가능액 초과' } },
  GR054: { stage: 'EVALUATE', meaning: { en: 'Transfers of the day exceed 10 %', ko: '일일 이체 10 % 초과' } },
  GR055: { stage: 'EVALUATE', meaning: { en: 'An allocation drifted by more than 10 %', ko: '배분 괴리 10 % 초과' } },
  // Scalp execution.
  GR060: { stage: 'ACT', meaning: { en: 'Too many splits of one order', ko: '분할 횟수 초과' } },
  GR061: { stage: 'ACT', meaning: { en: 'The balance does not cover the execution', ko: '집행 잔고 부족' } },
  GR062: {
    stage: 'ACT',
    meaning: { en: 'Daily trade limit of the execution reached', ko: '집행 일일 거래 한도 도달' },
  },
  GR063: { stage: 'ACT', meaning: { en: 'Slippage above 0.3 %', ko: '슬리피지 0.3 % 초과' } },
  GR064: { stage: 'ACT', meaning: { en: 'Fills are late by over 30 s', ko: '체결 30초 초과 지연' } },
  // Micro risk loop.
  GR070: { stage: 'EVALUATE', meaning: { en: 'The trailing stop moves too often', ko: '추적 손절 조정 과다' } },
  GR071: { stage: 'EVALUATE', meaning: { en: 'Adverse move at 80 % of its limit', ko: '역행 폭 한도의 80 % 도달' } },
  GR072: { stage: 'EVALUATE', meaning: { en: 'Holding time at 80 % of its limit', ko: '보유 시간 한도의 80 % 도달' } },
  GR073: { stage: 'EVALUATE', meaning: { en: 'The volatility index is at 25 or more', ko: '변동성 지수 25 이상' } },
  GR074: { stage: 'EVALUATE', meaning: { en: 'An emergency order failed', ko: '비상 주문 실패' } },
  // Operating state.
  GR080: {
    stage: 'DECIDE',
    meaning: { en: 'Daily trade cap of the aggressive state', ko: '공격 상태의 일일 거래 상한' },
  },
  GR081: {
    stage: 'DECIDE',
    meaning: { en: 'Pools are out of balance in the balanced state', ko: '균형 상태의 풀 불균형' },
  },
  GR082: { stage: 'DECIDE', meaning: { en: 'The defensive state blocks entries', ko: '방어 상태의 진입 차단' } },
  GR090: { stage: 'PERFORMANCE', meaning: { en: 'Only critical work is done', ko: '필수 작업 전용 모드' } },
});
