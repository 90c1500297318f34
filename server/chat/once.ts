/** Runs `work` for a name unless it is at work already: then the later caller gets the same answer. */
export type Once = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

export function createOnce(): Once {
  const atWork = new Map<string, Promise<unknown>>();
  return <Result>(name: string, work: () => Promise<Result>) => {
    const known = atWork.get(name);
    if (known !== undefined) return known as Promise<Result>;
    const begun = work().finally(() => atWork.delete(name));
    atWork.set(name, begun);
    return begun;
  };
}
