/** A file that cannot be read as what it should be: nothing of it is imported. */
export class BrokenFile extends Error {
  constructor(
    readonly file: string,
    readonly place: string,
    readonly reason: string,
  ) {
    super(`${file}, ${place}: ${reason}`);
    this.name = 'BrokenFile';
  }
}
