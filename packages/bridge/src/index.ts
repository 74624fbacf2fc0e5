export { type BridgeSettings, createBridge } from './bridge.ts';
export { checkIntent, intentToOrderRequest } from './intent-to-order-request.ts';
export { type ResponseContext, orderResponseToExecutionResponse } from './order-response-to-execution-response.ts';
