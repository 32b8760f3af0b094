/** Money is not conserved in a block. Has the shape of the house's AppError, because this room imports `bitcoin` alone. */
export class FeatureError extends Error {
  readonly code = "FEATURES_MONEY_NOT_CONSERVED";
  readonly retryable = false;
  readonly details: Readonly<Record<string, string | number>>;

  constructor(message: string, details: Readonly<Record<string, string | number>> = {}) {
    super(message);
    this.name = "FeatureError";
    this.details = details;
  }
}
