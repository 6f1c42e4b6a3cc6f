/** Two keys that a record says are one body. */
export interface Link {
  key: string;
  sameAs: string;
}

/**
 * The bodies that links make of keys: each key's canonical one. Keys without a link are absent: they
 * are their own. A function of the set of links, so that a withdrawn link undoes its merge.
 * @param better negative if `a` is the better id of the two; a total order.
 */
export const canonicalKeys = (
  links: readonly Link[],
  better: (a: string, b: string) => number,
): Map<string, string> => {
  const parents = new Map<string, string>();
  const rootOf = (key: string): string => {
    let root = key;
    for (
      let next = parents.get(root);
      next !== undefined && next !== root;
      next = parents.get(root)
    )
      root = next;
    for (let at = key; at !== root;) {
      const next = parents.get(at) ?? root;
      parents.set(at, root);
      at = next;
    }
    return root;
  };
  for (const { key, sameAs } of links) {
    const [a, b] = [rootOf(key), rootOf(sameAs)];
    const [root, child] = better(a, b) <= 0 ? [a, b] : [b, a];
    parents.set(root, root);
    parents.set(child, root);
  }
  return new Map([...parents.keys()].map((key) => [key, rootOf(key)]));
};
