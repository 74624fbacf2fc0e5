import { rowsIn } from '../wire-fields.ts';
import { type KiwoomStockInfo, readStockInfo, stockInfoFields } from './ka10100.ts';
import { defineOperation, type KiwoomOperation, onBothServers } from './operation.ts';

const fields = [{ name: 'mrkt_tp', korean: '시장구분', lengthMax: 2, required: true }] as const;

const list = 'list';
const operation = 'ka10099';

/** 종목정보 리스트. The master records of a market. */
export const ka10099: KiwoomOperation<(typeof fields)[number]['name'], readonly KiwoomStockInfo[]> = defineOperation({
  name: operation,
  korean: '종목정보 리스트',
  source: '국내주식 › 종목정보 › ka10099',
  evidence: 'captured on paper',
  method: 'POST',
  path: '/api/dostk/stkinfo',
  operationId: onBothServers(operation),
  lane: 'OTHER',
  repeatable: true,
  request: fields,
  response: stockInfoFields.map((field) => ({ ...field, name: `${list}.${field.name}` })),
  paged: true,
  emptyAnswer: { [list]: [] },
  parse: (body) => rowsIn(body, list, operation).map((row) => readStockInfo(row, operation)),
});
