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

const KEPT = 1000;

/** The problems of one import: the first of them, and how many there were. */
export interface Problems {
  list: readonly Problem[];
  rejected: number;
  noted: number;
}

/** Gathers problems without keeping more than the first thousand, however many a file has. */
export const createProblems = () => {
  const list: Problem[] = [];
  const gathered = { list, rejected: 0, noted: 0 };
  return {
    gathered: gathered as Problems,
    add: (problem: Problem): void => {
      gathered[problem.status === 'REJECTED' ? 'rejected' : 'noted'] += 1;
      if (list.length < KEPT) list.push(problem);
    },
  };
};

export const NO_PROBLEMS: Problems = { list: [], rejected: 0, noted: 0 };
