import { additions, defineActiveCodes, type FailsafeTable, initialCoreSet } from './define-codes.ts';

/** Warnings. Trading goes on. */
export const anomalyCodes = [
  'AN001',
  'AN010',
  'AN020',
  'AN030',
  'AN040',
  'AN050',
  'AN060',
  'AN070',
  'AN080',
  'AN090',
  'AN100',
] as const;
export type AnomalyCode = (typeof anomalyCodes)[number];

export const anomalies: FailsafeTable<AnomalyCode> = defineActiveCodes('ANOMALY', initialCoreSet, {
  AN001: {
    stage: 'EXTRACT',
    meaning: { en: 'Price moved suddenly', ko: '가격 급변' },
    operatorAction: {
      en: 'Trading goes on. Check news and the feed of the symbol.',
      ko: '거래는 계속됩니다. 종목 뉴스와 시세 수신을 확인하십시오.',
    },
  },
  AN010: {
    stage: 'EXTRACT',
    meaning: { en: 'Symbol or price data is missing', ko: '종목 또는 가격 데이터 누락' },
    operatorAction: {
      en: 'The snapshot is skipped. Check the feed when it repeats.',
      ko: '해당 스냅샷을 건너뜁니다. 반복되면 시세 수신을 확인하십시오.',
    },
  },
  AN020: {
    stage: 'PERFORMANCE',
    meaning: { en: 'Profit or loss jumped', ko: '손익 급변' },
    operatorAction: {
      en: 'Trading goes on. Check the latest fills and prices.',
      ko: '거래는 계속됩니다. 최근 체결과 가격을 확인하십시오.',
    },
  },
  AN030: {
    stage: 'TRANSFORM',
    meaning: { en: 'The ledger is inconsistent', ko: '원장 불일치' },
    operatorAction: {
      en: 'Trading goes on. Compare the ledger with the list of the broker today.',
      ko: '거래는 계속됩니다. 당일 중 원장을 브로커 내역과 대조하십시오.',
    },
  },
  AN040: {
    stage: 'PERFORMANCE',
    meaning: { en: 'Cycle time rose sharply', ko: '사이클 시간 급증' },
    operatorAction: {
      en: 'Trading goes on. Look for load on the machine or slow answers.',
      ko: '거래는 계속됩니다. 장비 부하나 응답 지연을 확인하십시오.',
    },
  },
  AN050: {
    stage: 'ACT',
    meaning: { en: 'The broker answers slowly', ko: '브로커 응답 지연' },
    operatorAction: {
      en: 'Trading goes on. Watch for unknown orders; the broker may be in trouble.',
      ko: '거래는 계속됩니다. 브로커 장애 가능성이 있으니 결과 불명 주문을 주시하십시오.',
    },
  },
  AN060: {
    stage: 'ACT',
    source: additions,
    meaning: { en: 'A fill arrived after the order had ended', ko: '종료된 주문에 뒤늦은 체결 도착' },
    operatorAction: {
      en: 'The fill counts. Nothing to do unless position and ledger disagree later.',
      ko: '체결은 반영됩니다. 이후 포지션과 원장이 어긋나지 않으면 조치가 필요 없습니다.',
    },
  },
  AN070: {
    stage: 'ACT',
    source: additions,
    meaning: { en: 'An order that was called absent turned up', ko: '없다고 판정한 주문이 뒤늦게 나타남' },
    operatorAction: {
      en: 'The order is adopted. Check that the position it makes is wanted; cancel it otherwise.',
      ko: '주문을 편입했습니다. 원하는 포지션인지 확인하고 아니면 취소하십시오.',
    },
  },
  AN080: {
    stage: 'ACT',
    source: additions,
    meaning: { en: 'The broker has an order that we did not send', ko: '당사가 보내지 않은 주문 발견' },
    operatorAction: {
      en: 'Its exposure counts; it is not canceled. Find out who trades this account.',
      ko: '노출에 반영하며 취소하지 않습니다. 이 계좌로 누가 거래하는지 확인하십시오.',
    },
  },
  AN090: {
    stage: 'ACT',
    source: additions,
    meaning: { en: 'The broker said something that our tables do not list', ko: '표에 없는 브로커 응답 수신' },
    operatorAction: {
      en: 'Trading goes on. Add the code or field to the tables, with its source.',
      ko: '거래는 계속됩니다. 해당 코드나 필드를 근거와 함께 표에 추가하십시오.',
    },
  },
  AN100: {
    stage: 'PERFORMANCE',
    source: additions,
    meaning: {
      en: 'The clocks of this machine and of the broker do not agree, or ours was moved',
      ko: '이 장비와 브로커의 시각이 맞지 않거나 장비 시각이 변경됨',
    },
    operatorAction: {
      en: 'Trading goes on, further from the ends of sessions. Check the time service of this machine.',
      ko: '거래는 계속되며 세션 종료 전 여유를 더 둡니다. 이 장비의 시간 동기화를 확인하십시오.',
    },
  },
});
