/** A record, or a part of one, that could not be taken as it stands. */
export interface Problem {
  file: string;
  line: number;
  /** REJECTED: it is not in the graph. NOTED: it is, and this is what to know about it. */
  status: 'REJECTED' | 'NOTED';
  /** The kind of problem, upper case with underscores. */
  code: string;
  /** The record it is in, as the file names it. */
  record: string | null;
  reason: string;
}
