export interface ItemQueue<Item> {
  push(item: Item): void;
  /** All items there are, in order; waits while there are none. One reader at a time. */
  take(): Promise<readonly Item[]>;
}

/** Items that come one by one, for a reader that takes what has come meanwhile. */
export function createItemQueue<Item>(): ItemQueue<Item> {
  let items: Item[] = [];
  let wake: (() => void) | undefined;
  return {
    push(item) {
      items.push(item);
      wake?.();
    },
    async take() {
      if (items.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
      const taken = items;
      items = [];
      return taken;
    },
  };
}
