export { type OrderType, type Side, type TimeInForce, type TradingSession, type Venue } from '@qts/core';
