import type { ErrorCode, ErrorDetails, GatewayError } from "../domain/errors.ts";

/**
 * A failure that is part of a result. It is no `Error`: GraphQL throws every Error that a resolver
 * returns, and the failure would leave as a GraphQL error instead of as data.
 */
export class Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;

  constructor({ code, message, details }: GatewayError) {
    this.code = code;
    this.message = message;
    this.details = details;
  }
}
