import { type Dispatcher, request } from 'undici';
import { readBounded, type SourceLimits, UnusableAnswer } from './bounded-answer';

/** An HTTP request to something that is not trusted. */
interface Question {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** What came back, within the limits. */
interface Reply {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  /** The body, unpacked; null if it was not taken. */
  readonly json: Buffer | null;
  /** Why it was not. */
  readonly problem: string | null;
}

/**
 * Sends single requests and reads what comes back as a source's answer is read: within the same limits,
 * following nothing. It rejects where no answer comes in time.
 * @param dispatcher makes the connections; default: to wherever the address leads.
 */
export const createProbe =
  (limits: SourceLimits, dispatcher?: Dispatcher) =>
  async ({ url, method, headers, body }: Question): Promise<Reply> => {
    const signal = AbortSignal.timeout(limits.deadlineMs);
    const answer = await request(url, {
      method,
      headers,
      body,
      signal,
      ...(dispatcher && { dispatcher }),
    });
    const about = { status: answer.statusCode, headers: answer.headers };
    try {
      return {
        ...about,
        json: (await readBounded(answer.body, answer.headers, limits)).json,
        problem: null,
      };
    } catch (error) {
      answer.body.on('error', () => undefined).destroy();
      if (!(error instanceof UnusableAnswer)) throw error;
      return { ...about, json: null, problem: error.message };
    }
  };
