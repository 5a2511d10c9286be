// @ts-check

/**
 * An answer that is no success, or none at all.
 *
 * `type` is the last word of the problem's type (`rate-limited`, `forbidden`, …; docs/openapi.yaml lists them) or `offline`
 * where no answer came. What a proxy in between answers has the type `unavailable`, whatever its status.
 */
export class KnatterError extends Error {
  /**
   * @param {string} type
   * @param {number} status 0 where no answer came
   * @param {any} problem the problem document (RFC 9457)
   * @param {number} retryAfterMillis 0 where the answer does not say
   */
  constructor(type, status, problem = {}, retryAfterMillis = 0) {
    super(problem.detail || problem.title || type);
    this.name = 'KnatterError';
    this.type = type;
    this.status = status;
    this.problem = problem;
    this.retryAfterMillis = retryAfterMillis;
  }

  static offline() {
    return new KnatterError('offline', 0);
  }

  /** @param {Response} response */
  static async of(response) {
    const problem = await response.json().catch(() => ({}));
    const type = /^urn:knatter:problem:([a-z-]+)$/.exec(problem?.type)?.[1] ?? 'unavailable';
    const seconds = Number(response.headers.get('Retry-After'));
    return new KnatterError(type, response.status, problem ?? {}, seconds > 0 ? seconds * 1000 : 0);
  }

  /** Whether the same request may succeed later. */
  get passing() {
    return this.status === 0 || this.status === 408 || this.status === 409 && this.type === 'in-flight'
      || this.status === 429 || this.status >= 500 || this.type === 'unavailable';
  }
}
