/** What kept a venue from starting, a fault from being set up, or a caller from its answer. Stable, for programs. */
export const venueErrorCodes = ['INVALID_SETTING', 'PORT_IN_USE', 'LISTEN_FAILED', 'NO_ANSWER'] as const;
export type VenueErrorCode = (typeof venueErrorCodes)[number];

/** Something could not be done as asked. Nothing was started or changed, except for `NO_ANSWER`: there a fault struck. */
export class VenueError extends Error {
  override readonly name = 'VenueError';
  readonly code: VenueErrorCode;

  constructor(code: VenueErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
