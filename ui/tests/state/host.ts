// The program around the screen, answering what a test says.

type Answer = (name: string, request: unknown) => unknown;

let current: Answer = () => null;

export function answerWith(answer: Answer): void {
  current = answer;
}

export const hostModule = {
  platform: {
    call: async (_kind: string, name: string, request: unknown) => current(name, request),
    subscribe: () => () => {},
  },
};

/** Everything that can be settled now has been. */
export async function flush(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

/** An answer that comes when the test says so. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}
