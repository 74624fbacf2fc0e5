import { defineActiveCodes, type FailsafeTable, initialCoreSet } from './define-codes.ts';

/** Limits of the pipeline that this version can report. */
export const guardrailCodes = ['GR001', 'GR010', 'GR020', 'GR030', 'GR040'] as const;
export type GuardrailCode = (typeof guardrailCodes)[number];

export const guardrails: FailsafeTable<GuardrailCode> = defineActiveCodes('GUARDRAIL', initialCoreSet, {
  GR001: {
    stage: 'EVALUATE',
    meaning: { en: 'Total exposure limit exceeded', ko: '총 노출 한도 초과' },
    operatorAction: {
      en: 'The order is blocked. Reduce positions, or change the limit by a decision.',
      ko: '주문이 차단되었습니다. 포지션을 줄이거나 결정을 거쳐 한도를 조정하십시오.',
    },
  },
  GR010: {
    stage: 'EVALUATE',
    meaning: { en: 'Weight limit of one symbol exceeded', ko: '단일 종목 비중 초과' },
    operatorAction: {
      en: 'The order is blocked or reduced. Nothing to do unless the limit is wrong.',
      ko: '주문이 차단되거나 축소되었습니다. 한도가 잘못된 경우가 아니면 조치가 필요 없습니다.',
    },
  },
  GR020: {
    stage: 'EVALUATE',
    meaning: { en: 'Daily loss reached its warning level', ko: '일일 손실 경고 수준 도달' },
    operatorAction: {
      en: 'New entries are restricted. Review the day before you allow more.',
      ko: '신규 진입이 제한되었습니다. 당일 손익을 검토한 뒤 허용 여부를 정하십시오.',
    },
  },
  GR030: {
    stage: 'DECIDE',
    meaning: { en: 'Signals conflict, or risk did not approve', ko: '신호 충돌 또는 리스크 미승인' },
    operatorAction: {
      en: 'The decision is blocked. Nothing to do unless it repeats.',
      ko: '결정이 차단되었습니다. 반복되지 않으면 조치가 필요 없습니다.',
    },
  },
  GR040: {
    stage: 'DECIDE',
    meaning: { en: 'Position or price is inconsistent', ko: '포지션 또는 가격 불일치' },
    operatorAction: {
      en: 'The decision is blocked. Compare quotes and positions with the broker.',
      ko: '결정이 차단되었습니다. 시세와 포지션을 브로커와 대조하십시오.',
    },
  },
});
