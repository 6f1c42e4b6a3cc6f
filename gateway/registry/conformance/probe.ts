/** An HTTP request as the kit makes it; what is not named here is not sent. */
export interface ProbeRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** What came back, read within limits. */
export interface ProbeReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body, unpacked; null if it was not taken. */
  readonly json: Buffer | null;
  /** Why the body was not taken, in a sentence. */
  readonly problem: string | null;
}

/**
 * Sends a request and follows nothing. It rejects where no answer comes in time, and reads no more
 * than the gateway would.
 */
export type Probe = (request: ProbeRequest) => Promise<ProbeReply>;
