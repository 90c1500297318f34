/** The shared worker: one hub for all tabs of this browser. */
import { createStreamHub, type HubMessage } from "./event-stream-hub.ts";
import { handleTabMessage, laterByTimer, openEventSource, type TabMessage } from "./event-stream-transports.ts";

const ports = new Map<string, MessagePort>();
const known = new Set<string>();
const hub = createStreamHub({
  open: openEventSource,
  later: laterByTimer,
  deliver(clients: readonly string[], message: HubMessage) {
    for (const client of clients) ports.get(client)?.postMessage(message);
  },
});

addEventListener("connect", (connection) => {
  const port = (connection as MessageEvent).ports[0];
  if (!port) return;
  port.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    if (data.kind === "topics") ports.set(data.client, port);
    handleTabMessage(hub, data, known);
    for (const client of ports.keys()) if (!known.has(client)) ports.delete(client);
  };
});
addEventListener("online", () => hub.wake());
