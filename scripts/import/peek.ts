/**
 * The first words of a text, and the whole text again: what a file is shows in how it begins, while
 * its name and what a server says of it are often wrong.
 */
export const peek = async (
  text: AsyncIterable<string>,
): Promise<{ head: string; text: AsyncGenerator<string> }> => {
  const parts = text[Symbol.asyncIterator]();
  let head = '';
  let ended = false;
  while (!ended && head.trim() === '') {
    const part = await parts.next();
    if (part.done === true) ended = true;
    else head += part.value;
  }
  const again = async function* () {
    if (head !== '') yield head;
    if (!ended) yield* { [Symbol.asyncIterator]: () => parts };
  };
  return { head: head.trimStart(), text: again() };
};

/** Whether a text that begins so is JSON, which neither XML nor a table does. */
export const isJson = (head: string): boolean => /^[{[]/.test(head);
