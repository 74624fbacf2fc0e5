/** An account number for a person's eye: the last two digits at most (`**********01`). */
export function maskAccount(accountNumber: string): string {
  const visible = accountNumber.length > 4 ? accountNumber.slice(-2) : '';
  return '*'.repeat(accountNumber.length - visible.length) + visible;
}
