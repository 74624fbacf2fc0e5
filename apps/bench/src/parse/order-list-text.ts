/**
 * A page of `inquire-daily-ccld` with as many rows as KIS puts on one. Made up after the shape of the recorded answer
 * `inquire-daily-ccld.live.one-fill.json`: the same keys in the same order, numbers and times that differ from row to row.
 */
export function orderListText(rows: number): string {
  return JSON.stringify({
    ctx_area_fk100: ' '.repeat(100),
    ctx_area_nk100: ' '.repeat(100),
    output1: Array.from({ length: rows }, (_, index) => rowOf(index)),
    output2: {
      ...{ tot_ord_qty: '1000', tot_ccld_qty: '500', tot_ccld_amt: '35000000' },
      ...{ prsm_tlex_smtl: '4918', pchs_avg_pric: '70000.0000' },
    },
    ...{ rt_cd: '0', msg_cd: 'KIOK0460', msg1: '조회 되었습니다. (마지막 자료)'.padEnd(74) },
  });
}

function rowOf(index: number): Readonly<Record<string, string>> {
  const buys = index % 2 === 0;
  const filled = index % 3;
  return {
    ...{ ord_dt: '20261120', ord_gno_brno: '03930', odno: String(85_100 + index).padStart(10, '0'), orgn_odno: '' },
    ...{ ord_dvsn_name: '지정가', sll_buy_dvsn_cd: buys ? '02' : '01' },
    ...{ sll_buy_dvsn_cd_name: buys ? '현금매수' : '현금매도', pdno: '005930', prdt_name: '삼성전자' },
    ...{ ord_qty: '10', ord_unpr: '70000', ord_tmd: `0944${String(index % 60).padStart(2, '0')}` },
    ...{ tot_ccld_qty: String(filled * 5), avg_prvs: '70000', cncl_yn: '', tot_ccld_amt: String(filled * 350_000) },
    ...{ loan_dt: '', ordr_empno: 'OpnAPI', ord_dvsn_cd: '00', cncl_cfrm_qty: '0', rmn_qty: String(10 - filled * 5) },
    ...{ rjct_qty: '0', ccld_cndt_name: '없음', inqr_ip_addr: '203.0.113.1', cpbc_ordp_ord_rcit_dvsn_cd: '' },
    ...{ cpbc_ordp_infm_mthd_dvsn_cd: '', infm_tmd: '', ctac_tlno: '', prdt_type_cd: '', excg_dvsn_cd: '02' },
    ...{ cpbc_ordp_mtrl_dvsn_cd: '', ord_orgno: '00000', rsvn_ord_end_dt: '', excg_id_dvsn_cd: 'KRX' },
    ...{ stpm_cndt_pric: '0', stpm_efct_occr_dtmd: '' },
  };
}
