import { type OperationText } from '@qts/broker-kit';

/** What is written about the operations for orders. Source: the broker's REST API guide (August 2025) and recorded traffic. */
export const orderTexts: Readonly<Record<string, OperationText>> = {
  kt10000: {
    summary: 'Places a buy order for cash.',
    request: [
      ['dmst_stex_tp', '국내거래소구분', 'venue; KRX 한국거래소, NXT 넥스트트레이드, SOR 최선주문집행'],
      ['stk_cd', '종목코드', 'stock code'],
      ['ord_qty', '주문수량', 'order quantity, shares; digits, whole shares'],
      ['ord_uv', '주문단가', 'order price per share, KRW; empty for market types 3, 13, 23 and for 81'],
      [
        'trde_tp',
        '매매구분',
        'order type; 0 보통(지정가), 3 시장가, 5 조건부지정가, 6 최유리지정가, 7 최우선지정가, 10 보통(IOC), 13 시장가(IOC), 16 최유리(IOC), 20 보통(FOK), 23 시장가(FOK), 26 최유리(FOK), 28 스톱지정가, 29 중간가, 30 중간가(IOC), 31 중간가(FOK), 61 장시작전시간외, 62 시간외단일가, 81 장마감후시간외',
      ],
      ['cond_uv', '조건단가', 'trigger price of a stop-limit order; only for type 28; empty otherwise'],
    ],
    answer: [
      [
        'ord_no',
        '주문번호',
        'order number, 7 digits kept as text; seven digits on the wire; one documentation sample shows five',
      ],
      ['dmst_stex_tp', '국내거래소구분', 'venue'],
    ],
  },
  kt10001: {
    summary: 'Places a sell order of shares held.',
    request: [
      ['dmst_stex_tp', '국내거래소구분', 'venue; KRX 한국거래소, NXT 넥스트트레이드, SOR 최선주문집행'],
      ['stk_cd', '종목코드', 'stock code'],
      ['ord_qty', '주문수량', 'order quantity, shares; digits, whole shares'],
      ['ord_uv', '주문단가', 'order price per share, KRW; empty for market types 3, 13, 23 and for 81'],
      [
        'trde_tp',
        '매매구분',
        'order type; 0 보통(지정가), 3 시장가, 5 조건부지정가, 6 최유리지정가, 7 최우선지정가, 10 보통(IOC), 13 시장가(IOC), 16 최유리(IOC), 20 보통(FOK), 23 시장가(FOK), 26 최유리(FOK), 28 스톱지정가, 29 중간가, 30 중간가(IOC), 31 중간가(FOK), 61 장시작전시간외, 62 시간외단일가, 81 장마감후시간외',
      ],
      ['cond_uv', '조건단가', 'trigger price of a stop-limit order; only for type 28; empty otherwise'],
    ],
    answer: [
      [
        'ord_no',
        '주문번호',
        'order number, 7 digits kept as text; seven digits on the wire; one documentation sample shows five',
      ],
      ['dmst_stex_tp', '국내거래소구분', 'venue'],
    ],
  },
  kt10002: {
    summary:
      'Gives open shares of an order a new price. The answer names a new order; the quantity cannot grow and the type cannot change.',
    request: [
      ['dmst_stex_tp', '국내거래소구분', 'venue; KRX 한국거래소, NXT 넥스트트레이드, SOR 최선주문집행'],
      ['orig_ord_no', '원주문번호', 'number of the order to change'],
      ['stk_cd', '종목코드', 'stock code'],
      [
        'mdfy_qty',
        '정정수량',
        'how many of the open shares get the new price; a newer guide edition says "0" changes everything still open',
      ],
      ['mdfy_uv', '정정단가', 'new price per share'],
      ['mdfy_cond_uv', '정정조건단가', 'new trigger price'],
    ],
    answer: [
      ['ord_no', '주문번호', 'order number, 7 digits kept as text'],
      ['base_orig_ord_no', '모주문번호', 'root of the modify/cancel chain'],
      ['mdfy_qty', '정정수량', 'how many of the open shares get the new price; padded to 12'],
      ['dmst_stex_tp', '국내거래소구분', 'venue'],
    ],
  },
  kt10003: {
    summary: 'Cancels open shares of an order, all of them with a quantity of 0. The answer names a new order.',
    request: [
      ['dmst_stex_tp', '국내거래소구분', 'venue; KRX 한국거래소, NXT 넥스트트레이드, SOR 최선주문집행'],
      ['orig_ord_no', '원주문번호', 'number of the order to cancel'],
      ['stk_cd', '종목코드', 'stock code'],
      ['cncl_qty', '취소수량', 'quantity to cancel; "0" cancels everything still open'],
    ],
    answer: [
      ['ord_no', '주문번호', 'order number, 7 digits kept as text'],
      ['base_orig_ord_no', '모주문번호', 'root of the modify/cancel chain'],
      ['cncl_qty', '취소수량', 'quantity to cancel; padded to 12'],
    ],
  },
};
