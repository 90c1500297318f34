import { problemWords } from "../platform/api.ts";
import { useToast } from "../ui/toasts.tsx";
import { acknowledgeLog } from "./log-api.ts";
import { words } from "./words.ts";

/** Takes the log as it is now for its history; `onDone` once the server has it. */
export function useAcknowledge(revision: string | undefined, onDone: () => void): () => void {
  const show = useToast();
  const acknowledge = async (): Promise<void> => {
    if (revision === undefined) return;
    try {
      await acknowledgeLog(revision);
      show({ text: words.acknowledged });
      onDone();
    } catch (thrown) {
      show({ text: problemWords(thrown).title, icon: "warning" });
    }
  };
  return () => void acknowledge();
}
