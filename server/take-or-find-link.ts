import { type FolderTake, takeFolder } from "./platform/store/folder-lock.ts";

/** How long another start may take until it can be reached: on a slow machine, with a long journal to fold in. */
const patienceMs = 30_000;
/** Most starts are over before anybody wonders. */
const silentMs = 1000;

export interface Waiting {
  readonly monotonic: () => number;
  readonly lookEveryMs: number;
  /** Told once, when it takes so long that a person wonders. */
  readonly onWaiting: (pid: number) => void;
}

/** Of several starts at once the others wait until the first one knows its link, as long as it lives; or take over from it. */
export async function takeOrFindLink(
  folder: string,
  dataDirectory: string,
  { monotonic, lookEveryMs, onWaiting }: Waiting,
): Promise<FolderTake> {
  const started = monotonic();
  let hasTold = false;
  for (;;) {
    const taken = await takeFolder({ folder, dataDirectory, info: {} });
    const waited = monotonic() - started;
    if (taken.outcome === "taken" || taken.by.link !== undefined || waited >= patienceMs) return taken;
    if (waited >= silentMs && !hasTold) {
      hasTold = true;
      onWaiting(taken.by.pid);
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}
