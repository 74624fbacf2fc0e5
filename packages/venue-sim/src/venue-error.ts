/** What kept a venue from starting. Stable, for programs. */
export const venueErrorCodes = ['INVALID_SETTING', 'PORT_IN_USE', 'LISTEN_FAILED'] as const;
export type VenueErrorCode = (typeof venueErrorCodes)[number];

/** A venue could not be made as asked. Nothing was started. */
export class VenueError extends Error {
  override readonly name = 'VenueError';
  readonly code: VenueErrorCode;

  constructor(code: VenueErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
