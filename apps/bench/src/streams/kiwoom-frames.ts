/** Values of a trade as Kiwoom sends it (`0B`, 43 FIDs; captured on the mock server, 2026-09-11). */
const captured =
  '{"20":"115618","10":"-257750","11":"-11250","12":"-4.18","27":"-258000","28":"-257500","15":"-19","13":"7198927",' +
  '"14":"1860588","16":"-258000","17":"-261000","18":"-257000","25":"5","26":"-15318148","29":"-4167722708811",' +
  '"30":"-31.97","31":"0.12","32":"595","228":"89.62","311":"15068783","290":"2","691":"0","567":"000000",' +
  '"568":"000000","851":"10379","1890":"090016","1891":"053039","1892":"114556","1030":"3645181","1031":"3266718",' +
  '"1032":"-47.26","1071":"63318","1072":"96320","1313":"-4897","1315":"-19","1316":" 0","1314":"-19",' +
  '"1497":"103100","1498":"82480","620":"258453","732":"1294","852":"1035","9081":"KRX"}';

/** One trade of an issue, in the order of keys that was captured. */
export function kiwoomTradeFrame(symbol: string, index: number): string {
  const values = captured
    .replace('"10":"-257750"', `"10":"-${257_500 + (index % 7) * 500}"`)
    .replace('"15":"-19"', `"15":"${index % 2 === 0 ? '+' : '-'}${1 + (index % 97)}"`)
    .replace('"13":"7198927"', `"13":"${7_198_927 + index * 50}"`);
  return fromBytes(`{"data":[{"values":${values},"type":"0B","name":"주식체결","item":"${symbol}"}],"trnm":"REAL"}`);
}

/** Frames of one trade each, all different. */
export function kiwoomTradeFrames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => kiwoomTradeFrame('005930', index));
}

/** An order notice (`00`); `sequence` is its ordered quantity, by which it is known again. */
export function kiwoomNoticeFrame(orderNumber: number, sequence: number): string {
  const values = {
    ...{ '9201': '0000000000', '9203': String(orderNumber).padStart(7, '0'), '9205': '', '9001': '005930' },
    ...{ '912': 'JJ', '913': '접수', '302': '삼성전자', '900': String(sequence), '901': '257500' },
    ...{ '902': String(sequence), '903': '0', '904': '0000000', '905': '+매수', '906': '보통', '907': '2' },
    ...{ '908': '115639', '909': '', '910': '', '911': '', '914': '', '915': '', '919': '0', '2134': '1' },
  };
  return JSON.stringify({ data: [{ values, type: '00', name: '주문체결', item: '005930' }], trnm: 'REAL' });
}

/** As a socket makes them: a text that was put together would be flattened by the first who reads it. */
function fromBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
