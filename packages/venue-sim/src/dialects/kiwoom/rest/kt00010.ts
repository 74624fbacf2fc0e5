import {
  accountPath,
  fieldOf,
  messages,
  optionalNumber,
  required,
  requiredNumber,
  succeed,
  type KiwoomOperation,
  type KiwoomRow,
} from '../kiwoom-operation.ts';
import { findIssue } from '../kiwoom-symbols.ts';
import { padded } from '../kiwoom-text.ts';
import { affordableQuantity, orderableKrw, valueAccount, withdrawableKrw } from '../kiwoom-valuation.ts';

const width = 12;
const quantityWidth = 10;
const zero = padded(0, width);
const marginRates = ['20', '30', '40', '50', '60', 'rdex_60', '100'];

/** 주문인출가능금액요청. A cash account: every margin rate allows the same (assumed). */
export const kt00010: KiwoomOperation = {
  apiId: 'kt00010',
  path: accountPath,
  fields: [
    optionalNumber('io_amt', 12),
    required('stk_cd', 12),
    required('trde_tp', 1, ['1', '2']),
    optionalNumber('trde_qty', 10),
    requiredNumber('uv', 10),
    optionalNumber('exp_buy_unp', 10),
  ],
  answer(call) {
    const found = findIssue(call, fieldOf(call, 'stk_cd'));
    if (found.kind !== 'FOUND') return found;
    const { view } = valueAccount(call);
    const won = (amountKrw: number): string => padded(amountKrw, width);
    const unitKrw = Number(fieldOf(call, 'uv'));
    const amount = won(orderableKrw(call));
    const quantity = padded(affordableQuantity(call, unitKrw), quantityWidth);
    const byRate: KiwoomRow = Object.fromEntries(
      marginRates.flatMap((rate) => [
        [`profa_${rate}ord_alow_amt`, amount],
        [`profa_${rate}ord_alowq`, quantity],
      ]),
    );
    return succeed(
      {
        ...byRate,
        pred_reu_alowa: zero,
        tdy_reu_alowa: zero,
        entr: won(view.depositKrw),
        repl_amt: zero,
        uncla: zero,
        ord_pos_repl: zero,
        ord_alowa: amount,
        wthd_alowa: won(withdrawableKrw(view)),
        nxdy_wthd_alowa: won(withdrawableKrw(view)),
        pur_amt: zero,
        cmsn: zero,
        pur_exct_amt: zero,
        d2entra: won(view.settledKrw),
        profa_rdex_aplc_tp: '0',
      },
      messages.orderPower,
    );
  },
};
