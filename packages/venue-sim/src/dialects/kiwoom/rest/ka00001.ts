import { accountPath, succeed, type KiwoomOperation } from '../kiwoom-operation.ts';

/** 계좌번호조회: which account the token speaks for. */
export const ka00001: KiwoomOperation = {
  apiId: 'ka00001',
  path: accountPath,
  fields: [],
  answer: ({ account }) => succeed({ acctNo: account.accountNumber }),
};
