import { createRoot } from "react-dom/client";
import { SessionGate } from "./pages/session-gate.tsx";
import { requestImage } from "./platform/api.ts";
import { createEventStream } from "./platform/event-stream.ts";
import { EventStreamProvider } from "./platform/event-stream-context.tsx";
import { chooseTransport } from "./platform/event-stream-transports.ts";
import { newId } from "./platform/new-id.ts";
import { Routes } from "./routes.tsx";
import { ImageLoader } from "./ui/markdown/image-loader.ts";
import { Toasts } from "./ui/toasts.tsx";

/** A picture of another host, after a click on its name: the server fetches it, the browser asks nobody else. */
const loadImage = (url: string): Promise<string> => requestImage("/images", { method: "POST", body: { url } });

/** The whole page, in the place of the outline. */
export function startPage(): void {
  const stream = createEventStream((receive) => chooseTransport(newId(), receive));
  addEventListener("online", () => stream.wake());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) stream.wake();
  });
  const root = document.getElementById("root");
  if (!root) return;
  createRoot(root).render(
    <EventStreamProvider value={stream}>
      <Toasts>
        <ImageLoader value={loadImage}>
          <SessionGate>{(session) => <Routes session={session} />}</SessionGate>
        </ImageLoader>
      </Toasts>
    </EventStreamProvider>,
  );
}
