import { additions, defineActiveCodes, type FailsafeTable, initialCoreSet } from './define-codes.ts';

/** Fatal events that this version can emit. FS040 to FS049 belong to the broker layer. */
export const failSafeCodes = [
  'FS001',
  'FS010',
  'FS020',
  'FS030',
  'FS040',
  'FS041',
  'FS042',
  'FS043',
  'FS044',
  'FS045',
  'FS050',
  'FS060',
  'FS070',
  'FS080',
] as const;
export type FailSafeCode = (typeof failSafeCodes)[number];

export const failSafes: FailsafeTable<FailSafeCode> = defineActiveCodes('FAIL_SAFE', initialCoreSet, {
  FS001: {
    stage: 'EXTRACT',
    meaning: { en: 'Input does not match its schema', ko: '입력 스키마 불일치' },
    operatorAction: {
      en: 'The cycle stopped and trading is blocked. Compare the source with the schema, correct it, then request recovery.',
      ko: '사이클이 중단되고 거래가 차단되었습니다. 원천 데이터와 스키마를 대조해 고친 뒤 복구를 요청하십시오.',
    },
  },
  FS010: {
    stage: 'EXTRACT',
    meaning: { en: 'A mandatory raw field is missing', ko: '필수 원시 필드 누락' },
    operatorAction: {
      en: 'The cycle stopped and trading is blocked. Restore the field at its source, then request recovery.',
      ko: '사이클이 중단되고 거래가 차단되었습니다. 원천에서 필드를 복원한 뒤 복구를 요청하십시오.',
    },
  },
  FS020: {
    stage: 'TRANSFORM',
    meaning: { en: 'A transformation produced a value that is not a number', ko: '변환 결과에 NaN 발생' },
    operatorAction: {
      en: 'The cycle stopped and trading is blocked. Find the input that caused it, then request recovery.',
      ko: '사이클이 중단되고 거래가 차단되었습니다. 원인이 된 입력을 찾은 뒤 복구를 요청하십시오.',
    },
  },
  FS030: {
    stage: 'EVALUATE',
    meaning: { en: 'The risk calculation failed', ko: '리스크 계산 오류' },
    operatorAction: {
      en: 'The cycle stopped and trading is blocked. Correct the inputs or limits of the risk check, then request recovery.',
      ko: '사이클이 중단되고 거래가 차단되었습니다. 리스크 입력값이나 한도를 고친 뒤 복구를 요청하십시오.',
    },
  },
  FS040: {
    stage: 'ACT',
    meaning: { en: 'Broker execution failed', ko: '브로커 주문 실행 오류' },
    operatorAction: {
      en: 'Trading is blocked. Read the broker code of the event, remove its cause, then request recovery.',
      ko: '거래가 차단되었습니다. 기록된 브로커 코드를 보고 원인을 제거한 뒤 복구를 요청하십시오.',
    },
  },
  FS041: {
    stage: 'ACT',
    meaning: { en: 'Fill data is missing', ko: '체결 데이터 누락' },
    operatorAction: {
      en: 'Trading is blocked. Compare the fills with the list of the broker; recover when both agree.',
      ko: '거래가 차단되었습니다. 브로커 체결 내역과 대조하고 일치하면 복구하십시오.',
    },
  },
  FS042: {
    stage: 'ACT',
    meaning: {
      en: 'No clear answer to an order: it may be live',
      ko: '주문 응답 불명(지연): 주문이 살아 있을 수 있음',
    },
    operatorAction: {
      en: 'Do not send the order again. The resolver reads the order lists; wait for its word before anything else.',
      ko: '주문을 다시 보내지 마십시오. 주문 내역 조회로 결과를 확인하고 있으니 판정을 기다리십시오.',
    },
  },
  FS043: {
    stage: 'ACT',
    source: additions,
    meaning: { en: 'An unknown order could not be resolved', ko: '결과 불명 주문의 확인 실패' },
    operatorAction: {
      en: 'Look at the account with the tools of the broker, decide what became of the order, and record the decision.',
      ko: '브로커 화면에서 계좌를 직접 확인하고 주문의 결과를 판단해 운영자 결정으로 기록하십시오.',
    },
  },
  FS044: {
    stage: 'ACT',
    source: additions,
    meaning: {
      en: 'The broker refuses our credentials, address or environment',
      ko: '브로커가 인증 정보, 접속 주소 또는 환경을 거부함',
    },
    operatorAction: {
      en: 'Trading is blocked. Check keys, registered addresses, and that keys and host are both live or both paper.',
      ko: '거래가 차단되었습니다. 앱키, 등록 IP, 그리고 키와 서버가 모두 실전 또는 모두 모의인지 확인하십시오.',
    },
  },
  FS045: {
    stage: 'ACT',
    source: additions,
    meaning: { en: 'Records contradict each other', ko: '기록 간 모순(무결성 위반)' },
    operatorAction: {
      en: 'Trading is blocked. Keep journal and raw rows as they are, find which record is wrong, and record a correction.',
      ko: '거래가 차단되었습니다. 저널과 원본을 보존하고 잘못된 기록을 찾아 정정 기록을 남기십시오.',
    },
  },
  FS050: {
    stage: 'TRANSFORM',
    meaning: { en: 'Equity is zero or negative', ko: '자본(평가금)이 0 이하' },
    operatorAction: {
      en: 'The cycle stopped and trading is blocked. Check cash and positions at the broker before any recovery.',
      ko: '사이클이 중단되고 거래가 차단되었습니다. 복구 전에 브로커의 예수금과 잔고를 확인하십시오.',
    },
  },
  FS060: {
    stage: 'PERFORMANCE',
    meaning: { en: 'A cycle exceeded its time limit', ko: '사이클 시간 한도 초과' },
    operatorAction: {
      en: 'The cycle stopped and trading is blocked. Find the slow stage, then request recovery.',
      ko: '사이클이 중단되고 거래가 차단되었습니다. 느린 단계를 찾은 뒤 복구를 요청하십시오.',
    },
  },
  FS070: {
    stage: 'TRANSFORM',
    meaning: { en: 'Position and ledger disagree', ko: '포지션과 원장 불일치' },
    operatorAction: {
      en: 'Trading is blocked. The broker is right: find the missing fill or corporate action, correct the ledger, then recover.',
      ko: '거래가 차단되었습니다. 브로커 기준으로 누락 체결이나 권리 변동을 찾아 원장을 정정한 뒤 복구하십시오.',
    },
  },
  FS080: {
    stage: 'PERFORMANCE',
    meaning: { en: 'Memory is short', ko: '메모리 부족' },
    operatorAction: {
      en: 'The cycle stopped and trading is blocked. Free memory or restart on a larger machine, then request recovery.',
      ko: '사이클이 중단되고 거래가 차단되었습니다. 메모리를 확보하거나 증설해 재시작한 뒤 복구를 요청하십시오.',
    },
  },
});
