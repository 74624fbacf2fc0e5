import { STATUS_CODES } from 'node:http';
import { type VenueResponse } from '../server/venue-exchange.ts';
import { type PlainAnswer } from './venue-fault.ts';
import { type VenueFaultParameters } from './venue-fault-control.ts';

/** Simulated: nobody recorded the broker's own page. */
const maintenancePage = `<!DOCTYPE html>
<html lang="ko">
<head><meta charset="utf-8"><title>시스템 점검 안내</title></head>
<body><h1>시스템 점검 중입니다</h1><p>잠시 후 다시 이용해 주시기 바랍니다. (simulated)</p></body>
</html>
`;

/** A host that exists nowhere: the top-level domain is reserved for that. */
const elsewhere = 'https://elsewhere.invalid/';

/** An answer that needs no broker's words, made of the one that was due. */
export function plainAnswer(
  answer: PlainAnswer,
  due: VenueResponse,
  status: number,
  { skewMs = 0 }: VenueFaultParameters,
): VenueResponse {
  const date = due.headers['date'] ?? '';
  const bare = (contentType: string, body: string): VenueResponse => ({
    status,
    headers: { 'content-type': contentType, date },
    body,
    resultCode: '',
  });
  switch (answer) {
    case 'OWN':
      return due;
    case 'EMPTY':
      return { ...due, status, body: '', resultCode: '' };
    case 'HALF':
      return { ...due, body: due.body.slice(0, Math.ceil(due.body.length / 2)), resultCode: '' };
    case 'HTML_PAGE':
      return bare('text/html; charset=utf-8', maintenancePage);
    case 'PLAIN_ERROR':
      return bare('text/plain; charset=utf-8', STATUS_CODES[status] ?? '');
    case 'REDIRECT': {
      const { headers, ...rest } = bare('text/plain; charset=utf-8', '');
      return { ...rest, headers: { ...headers, location: elsewhere } };
    }
    case 'BYTE_ORDER_MARK':
      return { ...due, body: `\uFEFF${due.body}` };
    case 'DATE_SKEWED':
      return { ...due, headers: { ...due.headers, date: new Date(Date.parse(date) + skewMs).toUTCString() } };
  }
}
