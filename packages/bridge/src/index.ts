export { type BridgeSettings, createBridge } from './bridge.ts';
export { type BrokerRegistry, brokerIdDefault, createBrokerRegistry } from './broker-registry.ts';
export { type BrokerChoice, type BrokerNames, type BrokerSource, getBrokerForConfig } from './get-broker-for-config.ts';
export { checkIntent, intentToOrderRequest } from './intent-to-order-request.ts';
export { type ResponseContext, orderResponseToExecutionResponse } from './order-response-to-execution-response.ts';
