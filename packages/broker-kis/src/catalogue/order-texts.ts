import { type OperationText } from '@qts/broker-kit';

/** What is written about the operations for orders. Source: KIS Developers portal, and recorded traffic. */
export const orderTexts: Readonly<Record<string, OperationText>> = {
  'order-cash': {
    summary: 'Places a buy or a sell order for cash.',
    request: [
      ['CANO', '종합계좌번호', 'account number, first 8 digits'],
      ['ACNT_PRDT_CD', '계좌상품코드', 'account product code, last 2 digits (01 = brokerage)'],
      ['PDNO', '상품번호', 'product (instrument) code'],
      ['SLL_TYPE', '매도유형', 'sell type; 01 ordinary sell (default), 02 discretionary, 05 stock-borrowing sell'],
      [
        'ORD_DVSN',
        '주문구분',
        'order type code; 00 지정가, 01 시장가, 02 조건부지정가, 03 최유리지정가, 04 최우선지정가, 05 장전 시간외, 06 장후 시간외, 07 시간외 단일가, 11 IOC지정가, 12 FOK지정가, 13 IOC시장가, 14 FOK시장가, 15 IOC최유리, 16 FOK최유리, 21 중간가, 22 스톱지정가, 23 중간가IOC, 24 중간가FOK, 27 NXT GTP지정가, 28 NXT GTP최유리, 29 NXT GTP최우선, 41 KRX애프터마켓지정가, 42 KRX애프터마켓지정가IOC, 43 KRX애프터마켓지정가FOK, 44 KRX애프터마켓최유리지정가, 45 KRX애프터마켓최유리지정가IOC, 46 KRX애프터마켓최유리지정가FOK, 47 KRX애프터마켓최우선지정가',
      ],
      ['ORD_QTY', '주문수량', 'order quantity'],
      ['ORD_UNPR', '주문단가', 'order unit price'],
      ['CNDT_PRIC', '조건가격', 'stop trigger price (stop-limit only)'],
      [
        'EXCG_ID_DVSN_CD',
        '거래소ID구분코드',
        'execution venue id; KRX Korea Exchange (default when omitted; the only value in paper trading), NXT NextTrade ATS, SOR smart order routing',
      ],
    ],
    answer: [
      ['output.KRX_FWDG_ORD_ORGNO', '거래소코드', 'order-originating branch number; must be kept for amend/cancel'],
      ['output.ODNO', '주문번호', 'order number'],
      ['output.ORD_TMD', '주문시간', 'order time HHMMSS (KST)'],
      [
        'output.SOR_ODNO',
        '',
        'undocumented, presumably the smart-order-routing order number; empty string in both captures; not documented',
      ],
    ],
  },
  'order-rvsecncl': {
    summary: 'Gives an order a new price or type, or cancels it. The answer names a new order.',
    request: [
      ['CANO', '종합계좌번호', 'account number, first 8 digits'],
      ['ACNT_PRDT_CD', '계좌상품코드', 'account product code, last 2 digits (01 = brokerage)'],
      [
        'KRX_FWDG_ORD_ORGNO',
        '한국거래소전송주문조직번호',
        'order-originating branch number; must be kept for amend/cancel',
      ],
      ['ORGN_ODNO', '원주문번호', 'original order number'],
      [
        'ORD_DVSN',
        '주문구분',
        'order type code; 00 지정가, 01 시장가, 02 조건부지정가, 03 최유리지정가, 04 최우선지정가, 05 장전 시간외, 06 장후 시간외, 07 시간외 단일가, 11 IOC지정가, 12 FOK지정가, 13 IOC시장가, 14 FOK시장가, 15 IOC최유리, 16 FOK최유리, 21 중간가, 22 스톱지정가, 23 중간가IOC, 24 중간가FOK, 27 NXT GTP지정가, 28 NXT GTP최유리, 29 NXT GTP최우선, 41 KRX애프터마켓지정가, 42 KRX애프터마켓지정가IOC, 43 KRX애프터마켓지정가FOK, 44 KRX애프터마켓최유리지정가, 45 KRX애프터마켓최유리지정가IOC, 46 KRX애프터마켓최유리지정가FOK, 47 KRX애프터마켓최우선지정가',
      ],
      ['RVSE_CNCL_DVSN_CD', '정정취소구분코드', 'amend/cancel class: 01 amend, 02 cancel; 01 amend, 02 cancel'],
      ['ORD_QTY', '주문수량', 'order quantity'],
      ['ORD_UNPR', '주문단가', 'order unit price'],
      ['QTY_ALL_ORD_YN', '잔량전부주문여부', 'Y = whole remaining quantity, N = ORD_QTY only; Y yes, N no'],
      ['CNDT_PRIC', '조건가격', 'stop trigger price (stop-limit only)'],
      [
        'EXCG_ID_DVSN_CD',
        '거래소ID구분코드',
        'execution venue id; KRX Korea Exchange (default when omitted; the only value in paper trading), NXT NextTrade ATS, SOR smart order routing',
      ],
    ],
    answer: [
      [
        'output.KRX_FWDG_ORD_ORGNO',
        '한국거래소전송주문조직번호',
        'order-originating branch number; must be kept for amend/cancel',
      ],
      ['output.ODNO', '주문번호', 'order number'],
      ['output.ORD_TMD', '주문시각', 'order time HHMMSS (KST)'],
      [
        'output.SOR_ODNO',
        '',
        'undocumented, presumably the smart-order-routing order number; empty string in both captures; not documented',
      ],
    ],
  },
};
