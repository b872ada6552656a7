/**
 * Takes one input after the other, also those that come while one is being taken. What is thrown is given to `failed`: the
 * socket that the input came from could not be closed any more if it got there.
 */
export function inTurn<T>(take: (input: T) => void, failed: (error: unknown) => void): (input: T) => void {
  const queue: T[] = [];
  let busy = false;
  return (input) => {
    queue.push(input);
    if (busy) return;
    busy = true;
    try {
      while (queue.length > 0) take(queue.shift() as T);
    } catch (error) {
      queue.length = 0;
      failed(error);
    } finally {
      busy = false;
    }
  };
}
