import "./ui/theme.css";
import "./ui/fonts.css";
import "./ui/base.css";
import { createRoot } from "react-dom/client";
import { SessionGate } from "./pages/session-gate.tsx";
import { requestImage } from "./platform/api.ts";
import { createEventStream } from "./platform/event-stream.ts";
import { EventStreamProvider } from "./platform/event-stream-context.tsx";
import { chooseTransport } from "./platform/event-stream-transports.ts";
import { newId } from "./platform/new-id.ts";
import { applyTheme, readTheme } from "./platform/theme.ts";
import { Routes } from "./routes.tsx";
import { ImageLoader } from "./ui/markdown/image-loader.ts";
import { preloadMarkdown } from "./ui/markdown-text.tsx";
import { Toasts } from "./ui/toasts.tsx";

applyTheme(readTheme());
const stream = createEventStream((receive) => chooseTransport(newId(), receive));
addEventListener("online", () => stream.wake());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) stream.wake();
});

/** A picture of another host, after a click on its name: the server fetches it, the browser asks nobody else. */
const loadImage = (url: string): Promise<string> => requestImage("/images", { method: "POST", body: { url } });

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <EventStreamProvider value={stream}>
      <Toasts>
        <ImageLoader value={loadImage}>
          <SessionGate>{(session) => <Routes session={session} />}</SessionGate>
        </ImageLoader>
      </Toasts>
    </EventStreamProvider>,
  );
  requestAnimationFrame(() => setTimeout(preloadMarkdown));
}
