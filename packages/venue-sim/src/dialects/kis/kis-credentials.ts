import { type VenueAccount } from '../../venue-settings.ts';
import { type GatewayResultName } from './kis-gateway-results.ts';

/** The account whose key and secret these are, or what the gateway says. */
export function findAccount(
  accounts: readonly VenueAccount[],
  appKey: string,
  appSecret: string,
): VenueAccount | GatewayResultName {
  if (appKey === '') return 'APP_KEY_MISSING';
  if (appSecret === '') return 'APP_SECRET_MISSING';
  const account = accounts.find((each) => each.appKey === appKey);
  if (account === undefined) return 'APP_KEY_INVALID';
  return account.appSecret === appSecret ? account : 'APP_SECRET_INVALID';
}
