/** What the operator of a real account goes through before and after the suite (실 주문 운영 체크). Printed before the first check. */
export const operatorChecklist: readonly string[] = [
  '실 주문 운영 체크 / real-order checklist',
  '  before  mode and host are the ones meant; the account shown below is the one meant (계좌 마스킹 확인)',
  '  before  the market is open, orderable cash is known, limits are set, the kill switch is within reach',
  '  during  paper: one order of the smallest quantity far from the market; live: reads only, never an order',
  '  after   the order is visible at the broker and canceled there; positions are what they were',
  '  after   the log was read, and has no key, token or account number in it',
];
