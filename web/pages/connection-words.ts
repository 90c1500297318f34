import type { ConnectionFault, Finding } from "../platform/self-test.ts";

/** What the connection check says. */
export const connectionWords = {
  title: "Connection check",
  text: "Between this browser and Folio there may be a proxy. This finds out whether it lets everything through: an answer that comes word by word, large messages, and a connection that is quiet for a while.",
  start: "Check the connection",
  again: "Check again",
  stop: "Stop",
  back: "Back to the conversations",
  waiting: "not checked yet",
  looking: "checking",
  names: {
    answer: "Folio answers",
    stream: "Words arrive one by one",
    headers: "The stream is passed on unchanged",
    body: "A large message gets through",
    quiet: "A quiet connection stays open (75 s)",
  } satisfies Record<Finding["check"], string>,
  allWell: "Nothing stands between this browser and Folio that would hold text back.",
  faults: {
    unreachable: "No answer. Is Folio still running? What you have written is kept in this browser.",
    slow: "Answers take more than a second. Everything works, late.",
    buffered:
      "Something holds the stream back and passes it on in one piece: answers appear all at once. In nginx set `proxy_buffering off;`, in Apache `flushpackets=on`, in Caddy `flush_interval -1`.",
    compressed:
      "Something compresses the stream, and holds text back while it collects it. Take `text/event-stream` out of what the proxy compresses.",
    "changed-headers":
      "Something changes the headers of the stream (`no-transform` is gone). If words arrive late, this is where to look.",
    cut: "Something cut the connection. Folio resumes by itself and nothing is lost, but words may come in gusts. In nginx set `proxy_read_timeout 1h;`.",
    "small-bodies":
      "Something refuses large requests: a long message could not be sent. It would stay in the box. In nginx set `client_max_body_size 40m;`.",
  } satisfies Record<ConnectionFault, string>,
} as const;

export function measuredWords({ check, fault, measured }: Finding): string {
  if (fault === "cut") return check === "quiet" ? `cut after ${measured} s` : "cut";
  if (fault === "buffered") return `held back ${measured} ms`;
  if (check === "answer" && fault !== "unreachable") return `${Math.round(measured)} ms`;
  if (check === "quiet") return `${measured} s`;
  return fault === undefined ? "as it should be" : "not as it should be";
}
