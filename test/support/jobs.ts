/** Jobs for threads, most of them bad ones. */
export const add = (a: number, b: number): number => a + b;

export const hang = (): never => {
  for (;;);
};

export const fill = (): number => {
  const kept: string[][] = [];
  for (;;) kept.push(Array.from({ length: 1000 }, () => String(Math.random())));
};

export const fail = (): never => {
  throw new Error('no');
};

export const reject = async (): Promise<never> => fail();

export const leave = (): never => process.exit(0);

export const recurse = (): number => 1 + recurse();

export const answerFunction = () => () => 1;

export const environment = () => ({ ...process.env });
