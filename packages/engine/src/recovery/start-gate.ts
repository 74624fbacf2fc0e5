import { type AdmissionCheck } from '../gateway/order-gateway-contract.ts';

/** Closed until a start agrees with the broker: every order is denied, every cancel passes. */
export interface StartGate {
  /** For the gateway's `admit`. */
  readonly admit: AdmissionCheck;
  readonly isOpen: boolean;
  open(): void;
}

export function createStartGate(): StartGate {
  let isOpen = false;
  const denial = { code: 'G_EXE_RECONCILING', why: 'the start has not agreed with the broker yet' } as const;
  return {
    admit: () => (isOpen ? undefined : denial),
    get isOpen() {
      return isOpen;
    },
    open() {
      isOpen = true;
    },
  };
}
