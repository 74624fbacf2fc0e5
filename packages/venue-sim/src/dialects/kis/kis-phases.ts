import { type VenuePhase } from '../../exchange/contracts.ts';

/**
 * Market phase: first digit 1 before the open, 2 regular, 3 after the close, second digit 0 normal (published). The code
 * of the after-market is not published; 40, once the single-price session, is assumed.
 */
export const kisPhaseCodes: Readonly<Record<VenuePhase, string>> = {
  CLOSED: '30',
  PRE_OPEN_CLOSING_PRICE: '10',
  OPENING_AUCTION: '10',
  CONTINUOUS: '20',
  CLOSING_AUCTION: '20',
  POST_CLOSE_CLOSING_PRICE: '30',
  AFTER_MARKET: '40',
};
