/** What became of composing subgraphs; it is never an exception. */
export type Composition =
  | { readonly status: 'composed'; readonly supergraphSdl: string; readonly apiSdl: string }
  /** They do not fit together: every reason. */
  | { readonly status: 'refused'; readonly reasons: readonly string[] }
  /** Composing them took too long, or too much memory, or ended the thread. */
  | {
      readonly status: 'failed';
      readonly because: 'TIME' | 'MEMORY' | 'CRASH';
      readonly message: string;
    };

/** Composes subgraphs apart from the event loop that serves. */
export type Compose = (
  subgraphs: readonly { readonly name: string; readonly sdl: string }[],
) => Promise<Composition>;
